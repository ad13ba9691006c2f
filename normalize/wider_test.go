package normalize

import (
	"strings"
	"testing"
)

func TestDropWider(t *testing.T) {
	const body = "\nBÁO CÁO\nCông tác cải cách hành chính tháng 5 năm 2023\nII. CẢI CÁCH THỦ TỤC HÀNH CHÍNH\n" +
		"Toàn huyện tiếp nhận 18.442 hồ sơ. Bộ phận Một cửa tiếp nhận 1.536 hồ sơ, giải quyết 1.500 hồ sơ.\n"
	set := builtIn(t)
	for unit, want := range map[string]string{
		"ỦY BAN NHÂN DÂN\nTHỊ TRẤN ĐÔNG HÒA": "1536 1500",
		"ỦY BAN NHÂN DÂN\nHUYỆN ĐÔNG HÒA":    "18442 1536 1500",
	} {
		r := withRules(t, set, unit+body)
		var got []string
		for _, f := range r.Figures {
			got = append(got, f.Value)
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%s: figures %s, want %s", unit, s, want)
		}
		for _, n := range r.Numbers {
			if n.Text == "18.442" && (n.Class.String() == "other") != (want == "1536 1500") {
				t.Errorf("%s: 18.442 counts as %s", unit, n.Class)
			}
		}
	}
}

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

// TestDropParts reads a table by months in the report of the quarter: only the row of
// the quarter gives its figures.
func TestDropParts(t *testing.T) {
	const text = "ỦY BAN NHÂN DÂN\nXÃ ĐÔNG HÒA\nBÁO CÁO\nCông tác cải cách hành chính quý II năm 2023\n" +
		"II. CẢI CÁCH THỦ TỤC HÀNH CHÍNH\nTháng\tHồ sơ tiếp nhận\tHồ sơ giải quyết\n" +
		"Tháng 4\t200\t198\nTháng 5\t214\t210\nTháng 3\t190\t190\nCộng\t414\t408\n"
	r := withRules(t, builtIn(t), text)
	got := map[string]string{}
	for _, f := range r.Figures {
		got[f.Value] = f.Indicator + " " + string(f.Span)
	}
	for _, value := range []string{"200", "198", "214", "210"} {
		if g := got[value]; g != "" {
			t.Errorf("%s of a month is read as %s of the quarter", value, g)
		}
	}
	for value, want := range map[string]string{"414": "dossiers.received period", "408": "dossiers.resolved period", "190": "dossiers.resolved previous"} {
		if got[value] != want {
			t.Errorf("%s is read as %q, want %q", value, got[value], want)
		}
	}
}

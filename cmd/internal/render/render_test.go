package render

import (
	"strings"
	"testing"

	"github.com/mattn/go-runewidth"
)

func TestNumber(t *testing.T) {
	for _, c := range []struct{ in, vi, en string }{
		{"1234.5", "1.234,5", "1,234.5"}, {"0", "0", "0"}, {"", "-", "-"}, {"-1234567", "-1.234.567", "-1,234,567"},
		{"999", "999", "999"}, {"19 ≠ 20", "19 ≠ 20", "19 ≠ 20"},
	} {
		if got := Number(c.in, Vietnamese); got != c.vi {
			t.Errorf("Number(%q, vi) = %q, want %q", c.in, got, c.vi)
		}
		if got := Number(c.in, English); got != c.en {
			t.Errorf("Number(%q, en) = %q, want %q", c.in, got, c.en)
		}
	}
}

func TestTableAlignsVietnamese(t *testing.T) {
	var b strings.Builder
	table := Table{Header: []string{"Đơn vị", "Hồ sơ"}, Rows: [][]string{{"Xã Quang Phục", "1.234"}, {"Xã A", "-"}}, Right: []int{1}}
	if err := table.Text(&b); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimRight(b.String(), "\n"), "\n")
	for _, l := range lines {
		if runewidth.StringWidth(l) != runewidth.StringWidth(lines[0]) {
			t.Errorf("lines differ in width:\n%s", b.String())
		}
	}
	if !strings.Contains(b.String(), "1.234 ") || !strings.Contains(b.String(), "Đơn vị") {
		t.Errorf("cells are missing:\n%s", b.String())
	}
}

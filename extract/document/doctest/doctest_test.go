package doctest

import (
	"math"
	"slices"
	"testing"
)

func TestF1(t *testing.T) {
	for _, c := range []struct {
		name, truth, got string
		want             float64
	}{
		{"equal", "Đã tiếp nhận 239 hồ sơ", "Đã tiếp  nhận\n239 hồ sơ", 1},
		{"decomposed equals composed", "hồ sơ", "ho\u0302\u0300 so\u031b", 1},
		{"order does not count", "một hai", "hai một", 1},
		{"one of two lost", "239 hồ", "239", 2.0 / 3},
		{"a word counts as often as it stands", "0 0 0", "0", 0.5},
		{"nothing in common", "239", "235", 0},
		{"both empty", " \n", "", 1},
		{"one empty", "239", "", 0},
	} {
		if got := F1(c.truth, c.got); math.Abs(got-c.want) > 1e-9 {
			t.Errorf("%s: F1 = %v, want %v", c.name, got, c.want)
		}
	}
}

func TestRowsFound(t *testing.T) {
	for _, c := range []struct {
		name, truth, got string
		found, total     int
	}{
		{"tabs", "a\n1\tHộ tịch\t41\n2\tĐất đai\t\n", "1 Hộ tịch 41\n2 Đất\nđai\n", 1, 2},
		{"appendix", "năm 2023\nPHỤ LỤC. BIỂU\nSTT Kết quả\n1 Hộ tịch 41\nTổng cộng 41", "1\tHộ tịch\t\t41\nTổng cộng\t41 ghi chú", 1, 2},
		{"a line serves one row", "0\t0\n0\t0", "0\t0\n", 1, 2},
		{"no table", "năm 2023", "năm 2023", 0, 0},
	} {
		if found, total := RowsFound(c.truth, c.got); found != c.found || total != c.total {
			t.Errorf("%s: RowsFound = %d of %d, want %d of %d", c.name, found, total, c.found, c.total)
		}
	}
}

func TestMissingWords(t *testing.T) {
	lost, extra := MissingWords("Đã giải quyết 235 hồ sơ", "Đã giải quyết 285 hồ sơ sơ")
	if !slices.Equal(lost, []string{"235"}) || !slices.Equal(extra, []string{"285", "sơ"}) {
		t.Errorf("lost %q, extra %q", lost, extra)
	}
}

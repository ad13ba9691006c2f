package ocr

import (
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

func TestHooks(t *testing.T) {
	h := parseHooks(hooksText)
	for _, c := range []struct{ read, want string }{
		{"kỳ trước chuyến sang giải quyết 21 hồ sơ", "kỳ trước chuyển sang giải quyết 21 hồ sơ"},
		{"Tống số cán bộ, tố chức", "Tổng số cán bộ, tổ chức"},
		{"TỐNG CỘNG: đạt ty lệ 100%", "TỔNG CỘNG: đạt tỷ lệ 100%"},
		{"như sau: Cụ thế: đấy mạnh", "như sau: Cụ thể: đẩy mạnh"},
		{"chi đạo, kiếm tra", "chỉ đạo, kiểm tra"},
		{"không chuyền trách, thường xuyền", "không chuyên trách, thường xuyên"}, {"đề nghị, dây chuyền", "đề nghị, dây chuyền"},
		// The other word may be meant, or the phrase is none.
		{"thế giới, tìm kiếm, đối với, công bố", "thế giới, tìm kiếm, đối với, công bố"},
		{"chuyến công tác", "chuyến công tác"}, {"một chuyến đi", "một chuyến đi"},
		{"chi, đạo", "chi, đạo"}, {"khoản chi tiêu", "khoản chi tiêu"}, {"thấm nhuần", "thấm nhuần"}, {"phân bố", "phân bố"},
		// No digit and no other letter changes.
		{"O1 239 l2", "O1 239 l2"},
	} {
		var words []word
		for _, s := range strings.Fields(c.read) {
			words = append(words, word{text: s, confidence: 0.95})
		}
		changed := h.settle(words)
		var got []string
		doubtful := 0
		for _, w := range words {
			got = append(got, w.text)
			if w.confidence <= settled {
				doubtful++
			}
		}
		if text := strings.Join(got, " "); text != c.want || changed != doubtful || (changed > 0) != (text != c.read) {
			t.Errorf("%q gives %q (%d changed, %d doubtful), want %q", c.read, text, changed, doubtful, c.want)
		}
	}
}

// TestHooksData: every line has a mark that may be mixed up, in NFC and small
// letters, and no two lines are mixed up with each other.
func TestHooksData(t *testing.T) {
	lines := 0
	for line := range strings.Lines(hooksText) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		lines++
		if line != norm.NFC.String(line) || line != strings.ToLower(line) || !strings.ContainsAny(line, "ẩểổỉỷýê") || len(strings.Fields(line)) > 2 {
			t.Errorf("line %q", line)
		}
	}
	if n := len(parseHooks(hooksText)); n != lines || n == 0 {
		t.Errorf("%d of %d lines are told apart", n, lines)
	}
}

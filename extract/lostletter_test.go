package extract

import (
	"context"
	"strings"
	"testing"

	"baocao/extract/document"
	"baocao/extract/document/doctest"
	"baocao/extract/txt"
	"baocao/normalize/vntext"
)

// plainText is a document of a text, as read from a TCVN3 file.
func plainText(t testing.TB, s string) *document.Document {
	t.Helper()
	doc, err := txt.Read(context.Background(), strings.NewReader(s), int64(len(s)))
	if err != nil {
		t.Fatal(err)
	}
	doc.Encoding = string(vntext.TCVN3)
	return doc
}

// TestLostLetter: the words of a report from which every ư was taken come back
// where they can be told, are marked, and nothing else changes.
func TestLostLetter(t *testing.T) {
	truth := string(file(t, "synth/hd-xa-quang-phuc-2023-04.txt"))
	doc := plainText(t, strings.NewReplacer("ư", "", "Ư", "").Replace(truth))
	lacking := doc.Text
	restoreLost(doc)
	without := strings.NewReplacer("ư", "", "Ư", "").Replace
	if without(doc.Text) != lacking {
		t.Error("more was changed than the letter")
	}
	if f1, before := doctest.F1(truth, doc.Text), doctest.F1(truth, lacking); f1 < 0.98 || f1 <= before {
		t.Errorf("F1 is %.4f, before %.4f", f1, before)
	}
	words := 0
	for _, d := range doc.Doubts {
		if n := strings.Count(strings.ToLower(doc.Text[d.Start:d.End]), "ư"); n != 1 || strings.ContainsAny(doc.Text[d.Start:d.End], " \t\n") {
			t.Errorf("doubt about %q", doc.Text[d.Start:d.End])
		}
		words++
	}
	if words == 0 || words != strings.Count(strings.ToLower(doc.Text), "ư") || len(doc.Warnings) == 0 {
		t.Errorf("%d doubts, %d letters, warnings %q", words, strings.Count(doc.Text, "ư"), doc.Warnings)
	}
	original := plainText(t, lacking)
	for i, b := range doc.Blocks {
		o := original.Blocks[i]
		if got := without(doc.Text[b.Start:b.End]); got != original.Text[o.Start:o.End] {
			t.Fatalf("block %d is %q, was %q", i, got, original.Text[o.Start:o.End])
		}
	}
}

// TestNothingLost: texts with the letter, short ones, and those that were never
// in TCVN3 stay as they are.
func TestNothingLost(t *testing.T) {
	truth := string(file(t, "synth/hd-xa-quang-phuc-2023-04.txt"))
	without := strings.NewReplacer("ư", "", "Ư", "").Replace(truth)
	unicode := plainText(t, without)
	unicode.Encoding = string(vntext.Unicode)
	for name, doc := range map[string]*document.Document{
		"whole": plainText(t, truth), "one letter left": plainText(t, without+"\nthư\n"),
		"short": plainText(t, "Thờng trực Đảng ủy xã"), "Unicode": unicode,
	} {
		before := doc.Text
		restoreLost(doc)
		if doc.Text != before || len(doc.Doubts) > 0 || len(doc.Warnings) > 0 {
			t.Errorf("%s: changed", name)
		}
	}
}

func TestMissing(t *testing.T) {
	for _, c := range []struct{ before, word, after, want string }{
		{"", "thờng", " xuyên", "thường"}, {"", "trớc", " hạn", "trước"}, {"", "đợc", " giao", "được"},
		{"mỗi ", "ngời", " dân", "người"}, {"đầu ", "t", " công", "tư"}, {"thực hiện ", "nh", " sau", "như"},
		{"", "T", " pháp", "Tư"}, {"", "TRỞNG", " BAN", "TRưỞNG"}, // restoreLost writes it as a capital
		{"", "UBND", " xã", ""}, {"12 ", "m", " dài", ""}, {"", "a", ") nội dung", ""}, {"", "c", ") nội dung", ""},
		{"tất ", "cả", " đều", ""}, {"chủ ", "tịch", " xã", ""},
		{"là ", "ngày", " này", ""}, {"", "QĐ", "-UBND", ""}, {"số ", "KH", " 12", ""}, {"", "Email", " gửi", ""},
	} {
		text := c.before + c.word + c.after
		start := len(c.before)
		place, sure := missing(text, start, start+len(c.word))
		got := ""
		if sure > 0 {
			got = text[start:place] + lost + text[place:start+len(c.word)]
		}
		if got != c.want {
			t.Errorf("%q gives %q, want %q", text, got, c.want)
		}
	}
}

// FuzzLostLetter: whatever the text, only the letter is added, and spans stay in
// order and inside.
func FuzzLostLetter(f *testing.F) {
	f.Add(strings.Repeat("Thờng trực Đảng ủy, trớc hạn, đợc giao, nh sau\n", 40))
	f.Add(strings.Repeat("ngời dân t pháp\n", 120))
	without := strings.NewReplacer("ư", "", "Ư", "").Replace
	f.Fuzz(func(t *testing.T, s string) {
		doc, err := txt.Read(context.Background(), strings.NewReader(s), int64(len(s)))
		if err != nil {
			return
		}
		doc.Encoding = string(vntext.TCVN3)
		before := doc.Text
		restoreLost(doc)
		if doc.Text != before && without(doc.Text) != before {
			t.Errorf("%q became %q", before, doc.Text)
		}
		at := 0
		for _, b := range doc.Blocks {
			if b.Start < at || b.End < b.Start || b.End > len(doc.Text) {
				t.Fatalf("block %+v in a text of %d bytes", b, len(doc.Text))
			}
			at = b.End
		}
		for _, d := range doc.Doubts {
			if d.Start < 0 || d.End > len(doc.Text) || !strings.ContainsAny(doc.Text[d.Start:d.End], "ưƯ") {
				t.Fatalf("doubt %+v", d)
			}
		}
	})
}

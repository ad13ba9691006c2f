package sandbox

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"baocao/extract/document"
)

// whole has something in every field, bytes that are no UTF-8 included.
func whole() *document.Document {
	return &document.Document{
		Text: "Đã tiếp nhận 239 hồ sơ\n", Engine: "ocr", Encoding: "unicode",
		Blocks: []document.Block{{Start: 0, End: 30, Kind: document.Row, Page: 2, Table: 1}, {Start: 30, End: 30, Page: -1}},
		Pages:  []document.Page{{Number: 1, Engine: "pdf", Note: "sạch"}, {}},
		Doubts: []document.Doubt{{Start: 15, End: 18, Confidence: 0.1}}, Warnings: []string{"", "tệp \xff hỏng"},
	}
}

func TestMessagesComeBackAsTheyWere(t *testing.T) {
	for _, doc := range []*document.Document{whole(), {}} {
		got, err := decodeDocument(encodeDocument(doc))
		if diff := cmp.Diff(doc, got); diff != "" || err != nil {
			t.Errorf("%v\n%s", err, diff)
		}
	}
	for _, r := range []Request{{Kind: KindRead, Name: "a.docx", Path: "/a.docx", Data: []byte{0, 255}, Options: []byte("{}")}, {}} {
		got, err := decodeRequest(encodeRequest(r))
		if diff := cmp.Diff(r, got); diff != "" || err != nil {
			t.Errorf("%v\n%s", err, diff)
		}
	}
}

// TestDamagedMessagesAreRefused cuts a document at every place: nothing panics, no
// part is taken for the whole.
func TestDamagedMessagesAreRefused(t *testing.T) {
	message := encodeDocument(whole())
	for n := range message {
		if _, err := decodeDocument(message[:n]); err == nil {
			t.Errorf("the first %d of %d bytes are taken for all", n, len(message))
		}
	}
	if _, err := decodeDocument(append(message, 0)); err == nil {
		t.Error("a byte too many is not noticed")
	}
}

func FuzzDecodeDocument(f *testing.F) {
	f.Add(encodeDocument(whole()))
	f.Fuzz(func(t *testing.T, data []byte) {
		doc, err := decodeDocument(data)
		if err != nil {
			return
		}
		again, err := decodeDocument(encodeDocument(doc))
		if diff := cmp.Diff(doc, again, cmp.Comparer(func(a, b float64) bool { return a == b || a != a && b != b })); diff != "" || err != nil {
			t.Errorf("%v\n%s", err, diff)
		}
	})
}

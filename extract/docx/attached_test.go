package docx

import (
	"strings"
	"testing"
)

// attach is a package whose body takes in another part between two paragraphs.
func attach(name, content string) pack {
	q := wordPack(p(r("trước")) + `<w:altChunk r:id="c"/>` + p(r("sau")))
	q[len(q)-1][1] = `<Relationships><Relationship Id="c" Type="` + relNS + `/aFChunk" Target="` + name + `"/></Relationships>`
	return append(q, [2]string{"word/" + name, content})
}

// An attached Word document is read at its place, with its tables.
func TestAttachedDocument(t *testing.T) {
	inner := wordPack(p(r("Đã tiếp nhận 239 hồ sơ.")) + lined(tr(tc("", p(r("Hộ tịch"))), tc("", p()), tc("", p(r("41"))))) + p(r("hết")))
	doc := readPack(t, attach("part.docx", string(inner.bytes(t))))
	if want := "trước\nĐã tiếp nhận 239 hồ sơ.\nHộ tịch\t\t41\nhết\nsau\n"; doc.Text != want || len(doc.Warnings) != 0 {
		t.Errorf("got %q with warnings %q, want %q", doc.Text, doc.Warnings, want)
	}
}

// What cannot be read is named, the rest is read.
func TestAttachedThatIsNotRead(t *testing.T) {
	deep := wordPack(p(r("đáy")))
	for range maxAttached + 1 {
		deep = attach("part.docx", string(deep.bytes(t)))
	}
	for name, c := range map[string]struct {
		pack pack
		want string
	}{
		"a web page": {attach("part.html", "<p>Đã tiếp nhận 239 hồ sơ</p>"), "part.html; open the file in Word"},
		"cut off":    {attach("part.docx", "PK\x03\x04 and no more"), "part.docx: "},
		"not there":  {wordPack(p(r("trước")) + `<w:altChunk r:id="c"/>` + p(r("sau"))), "not in the file"},
		"too deep":   {deep, "lies too deep"},
	} {
		doc := readPack(t, c.pack)
		if len(doc.Warnings) == 0 || !strings.Contains(doc.Warnings[len(doc.Warnings)-1], c.want) || !strings.HasPrefix(doc.Text, "trước\n") || !strings.HasSuffix(doc.Text, "sau\n") {
			t.Errorf("%s: warnings %q, want one with %q; text %q", name, doc.Warnings, c.want, doc.Text)
		}
	}
}

// Of two numbers of which one is struck through, one is read.
func TestStruckThrough(t *testing.T) {
	doc := readPack(t, wordPack(p(r("tiếp nhận "), rp("<w:strike/>", "239"), r("240"), rp("<w:dstrike/>", " (nháp)"), r(" hồ sơ"))))
	if doc.Text != "tiếp nhận 240 hồ sơ\n" || len(doc.Warnings) != 2 {
		t.Errorf("got %q, warnings %q", doc.Text, doc.Warnings)
	}
	doc = readPack(t, wordPack(p(strings.Repeat(rp("<w:strike/>", "x y")+r("a"), 3), strings.Repeat(rp("<w:strike/>", strings.Repeat("dài ", 40)), 20))))
	if len(doc.Warnings) > 11 || strings.Contains(doc.Text, "x") {
		t.Errorf("%d warnings, text %q", len(doc.Warnings), doc.Text)
	}
}

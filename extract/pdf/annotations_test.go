package pdf

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"strings"
	"testing"
)

func shown(t *testing.T, data []byte) string {
	t.Helper()
	var b strings.Builder
	for _, g := range glyphs(t, data).Glyphs {
		b.WriteString(g.Text)
	}
	return b.String()
}

// What is filled into a form is on the page where it is shown.
func TestFormFields(t *testing.T) {
	const look = "BT /F1 10 Tf 2 3 Td (239) Tj ET"
	form := func(dict string) string {
		return stream("/Type/XObject/Subtype/Form/BBox[0 0 50 10]/Resources<</Font<</F1 5 0 R>>>>"+dict, look)
	}
	widget := func(more string) string {
		return "<</Type/Annot/Subtype/Widget/Rect[100 700 200 720]/AP<</N 9 0 R>>" + more + ">>"
	}
	with := func(annotation, form string) []byte {
		return page("/Annots[10 0 R]", "BT /F1 10 Tf 10 700 Td (ho so) Tj ET", "null", form, annotation)
	}
	for _, c := range []struct {
		name, annotation, form, want string
	}{
		{"text field", widget("/FT/Tx/V(239)"), form(""), "ho so239"},
		{"typed onto the page", strings.Replace(widget(""), "Widget", "FreeText", 1), form(""), "ho so239"},
		{"hidden", widget("/FT/Tx/F 2"), form(""), "ho so"},
		{"not on the screen", widget("/FT/Tx/F 32"), form(""), "ho so"},
		{"signature", widget("/FT/Sig"), form(""), "ho so"},
		{"signature of a field above", widget("/Parent<</FT/Sig>>"), form(""), "ho so"},
		{"a link", strings.Replace(widget(""), "Widget", "Link", 1), form(""), "ho so"},
		{"a box that is ticked", widget("/FT/Btn/AS/Yes/AP<</N<</Yes 9 0 R/Off 8 0 R>>>>"), form(""), "ho so239"},
		{"a box that is not", widget("/FT/Btn/AS/Off/AP<</N<</Yes 9 0 R/Off 8 0 R>>>>"), form(""), "ho so"},
		{"no look", widget(""), "null", "ho so"},
	} {
		if c.name[:5] == "a box" {
			c.annotation = strings.Replace(c.annotation, "/AP<</N 9 0 R>>", "", 1)
		}
		if got := shown(t, with(c.annotation, c.form)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	// The box of 50 by 10 is stretched to 100 by 20; turned by a quarter it stands on end.
	g := glyphs(t, with(widget("/FT/Tx"), form(""))).Glyphs
	if last := g[len(g)-1]; math.Abs(last.X0-124) > 0.1 || math.Abs(last.Baseline-94) > 0.1 || math.Abs(last.Size-20) > 0.1 {
		t.Errorf("last character at %.1f, %.1f, size %.1f", last.X0, last.Baseline, last.Size)
	}
	g = glyphs(t, with(widget("/FT/Tx"), form("/Matrix[0 1 -1 0 0 0]"))).Glyphs
	if last := g[len(g)-1]; math.Abs(math.Abs(last.Angle)-90) > 0.1 || last.X0 < 99 || last.X1 > 201 {
		t.Errorf("turned: %+v", last)
	}
}

// A page that is damaged inside says so; one with a wrong length or checksum that
// lost nothing does not.
func TestBrokenContent(t *testing.T) {
	text := "BT /F1 10 Tf 10 700 Td "
	for i := range 500 {
		text += fmt.Sprintf("(%d %x) Tj T* ", i*i*7919, i*104729)
	}
	whole := deflated([]byte(text + "ET"))
	changed := bytes.Clone(whole)
	copy(changed[len(changed)/2:], bytes.Repeat([]byte{0xff}, 60))
	for _, c := range []struct {
		name   string
		data   []byte
		broken bool
	}{
		{"whole", whole, false},
		{"without checksum", whole[:len(whole)-4], false},
		{"cut off", whole[:len(whole)/2], true},
		{"changed inside", changed, true},
	} {
		file := page("", "")
		file = bytes.Replace(file, []byte(stream("", "")), []byte(stream("/Filter/FlateDecode", string(c.data))), 1)
		if got := glyphs(t, file).Broken; got != c.broken {
			t.Errorf("%s: broken is %v", c.name, got)
		}
	}
}

// What is not on the pages is named.
func TestUnshown(t *testing.T) {
	notes := func(catalog string, kids string) []string {
		t.Helper()
		data := build("", "<</Type/Catalog/Pages 2 0 R"+catalog+">>", "<</Type/Pages/Kids["+kids+"]/Count 9/MediaBox[0 0 600 800]>>", "<</Type/Page/Parent 2 0 R>>",
			"<</Type/Filespec/F(bao cao.pdf)/UF<FEFF0062006100201ED1>>>", "<</Names[(b) <</F(phu luc.xls)>>]>>")
		_, notes, err := Pages(context.Background(), bytes.NewReader(data), int64(len(data)))
		if err != nil {
			t.Fatal(err)
		}
		return notes
	}
	for _, c := range []struct{ name, catalog, kids, want string }{
		{"nothing", "", "3 0 R", ""},
		{"attached files", "/Names<</EmbeddedFiles<</Names[(a) 4 0 R]/Kids[5 0 R]>>>>", "3 0 R", "attached files were not read, save and import them by themselves: ba ố, phu luc.xls"},
		{"a form only Adobe Reader shows", "/NeedsRendering true/AcroForm<</XFA[(x) 4 0 R]>>", "3 0 R", "a form (XFA) that only Adobe Reader shows: open it there and print it to a new PDF file"},
		{"a form that is on the page too", "/AcroForm<</XFA[(x) 4 0 R]>>", "3 0 R", ""},
		{"pages that are cut off", "", "3 0 R 17 0 R 18 0 R", "2 pages that the file lists are not in it: it may be cut off"},
	} {
		if got := strings.Join(notes(c.catalog, c.kids), "; "); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

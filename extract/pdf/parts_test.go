package pdf

import (
	"bytes"
	"compress/zlib"
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/md5"
	"crypto/rc4"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"baocao/extract/layout"
)

func TestLexer(t *testing.T) {
	tests := []struct {
		in   string
		want string
	}{
		{"12 -3.5 +7 .5 --5 1.2.3", "12 -3.5 7 0.5 -5 1.2"},
		{"(a(b)c\\)\\101\\n\\q\\\r\nx)", "(a(b)c)A\nqx)"},
		{"<48 65 6c6C6> (open", "(Hell`) (open)"},
		{"/A#20b /#zz %c\n/n", "/A b /#zz /n"},
		{"[1 [2] (x)] <</K 1/L[2]/M<</N true>>>>", "[1 [2] (x)] <</K 1/L [2]/M <</N true>>>>"},
		{"0Tc 1 0 0 1 2 3cm", "0 Tc 1 0 0 1 2 3 cm"},
		{"> ) } ] foo", "} ] foo"},
		{"<</A 1 2 /B>> <</A endobj", "<</A 1>> <<>> endobj"},
	}
	for _, test := range tests {
		l := &lexer{data: []byte(test.in)}
		var got []string
		for o := l.next(); o.kind != kindEOF; o = l.next() {
			got = append(got, show(o))
		}
		if s := strings.Join(got, " "); s != test.want {
			t.Errorf("%q is read as %q, want %q", test.in, s, test.want)
		}
	}
	l := &lexer{data: []byte("[12 0 R 5 0 Rx 1 2]"), refs: true}
	if s := show(l.next()); s != "[12R 5 0 null 1 2]" {
		t.Errorf("references are read as %q", s)
	}
}

func show(o object) string {
	var b strings.Builder
	switch o.kind {
	case kindNull:
		return "null"
	case kindBool:
		return fmt.Sprint(o.num == 1)
	case kindNumber:
		return fmt.Sprint(o.num)
	case kindRef:
		return fmt.Sprintf("%vR", o.num)
	case kindName:
		return "/" + string(o.str)
	case kindString:
		return "(" + string(o.str) + ")"
	case kindArray:
		for i, item := range o.list {
			if i > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(show(item))
		}
		return "[" + b.String() + "]"
	case kindDict:
		for i := 0; i < len(o.list); i += 2 {
			b.WriteString(show(o.list[i]) + " " + show(o.list[i+1]))
		}
		return "<<" + b.String() + ">>"
	}
	return string(o.str)
}

// TestDeepNesting: a million brackets cost neither stack nor time.
func TestDeepNesting(t *testing.T) {
	l := &lexer{data: bytes.Repeat([]byte("[<<"), 500_000)}
	for n := 0; l.next().kind != kindEOF; n++ {
		if n > 2_000_000 {
			t.Fatal("the lexer does not move on")
		}
	}
}

func names(list ...string) []object {
	var out []object
	for _, s := range list {
		out = append(out, object{kind: kindName, str: []byte(s)})
	}
	return out
}

func deflated(data []byte) []byte {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	_, _ = w.Write(data) // a bytes.Buffer takes everything
	_ = w.Close()
	return b.Bytes()
}

func TestFilters(t *testing.T) {
	text := []byte("BT (Hello world) Tj ET")
	flate := deflated(text)
	broken := bytes.Clone(flate)
	broken[len(broken)-1] ^= 0xff
	tests := []struct {
		name    string
		in      []byte
		filters []object
		want    string
	}{
		{"none", text, nil, string(text)},
		{"flate", flate, names("FlateDecode"), string(text)},
		{"wrong checksum", broken, names("Fl"), string(text)},
		{"hex", []byte("42 54 2>junk"), names("ASCIIHexDecode"), "BT "},
		{"base 85", []byte("<~87cURD]i,\"Ebo80~>"), names("ASCII85Decode"), "Hello World!"},
		{"run length", []byte{2, 'a', 'b', 'c', 254, 'x', 128, 'z'}, names("RunLengthDecode"), "abcxxx"},
		// The example of the standard, 7.4.4.2.
		{"LZW", []byte{0x80, 0x0b, 0x60, 0x50, 0x22, 0x0c, 0x0c, 0x85, 0x01}, names("LZWDecode"), "-----A---B"},
		{"two", []byte(fmt.Sprintf("%x>", flate)), names("AHx", "FlateDecode"), string(text)},
	}
	for _, test := range tests {
		got, end, ok := decodeStream(test.in, test.filters, nil, 1000)
		if string(got) != test.want || end != endWhole || !ok {
			t.Errorf("%s: %q, end %v, ok %v", test.name, got, end, ok)
		}
	}
	if _, _, ok := decodeStream(text, names("DCTDecode"), nil, 1000); ok {
		t.Error("an image was decoded")
	}
	if got, cut, _ := decodeStream(deflated(make([]byte, 1<<20)), names("FlateDecode"), nil, 1000); len(got) != 1000 || cut != endCut {
		t.Errorf("%d bytes, end %v", len(got), cut)
	}
	if got, cut, _ := decodeStream(bytes.Repeat([]byte{129, 0}, 1000), names("RL"), nil, 1000); len(got) != 1000 || cut != endCut {
		t.Errorf("%d bytes, end %v", len(got), cut)
	}
}

func TestPredictors(t *testing.T) {
	params := func(predictor, columns float64) object {
		return object{kind: kindDict, list: []object{
			names("Predictor")[0], {kind: kindNumber, num: predictor},
			names("Columns")[0], {kind: kindNumber, num: columns},
		}}
	}
	tests := []struct {
		p    object
		in   []byte
		want []byte
	}{
		{params(1, 3), []byte{1, 2, 3}, []byte{1, 2, 3}},
		{params(2, 3), []byte{1, 1, 1, 5, 1, 1}, []byte{1, 2, 3, 5, 6, 7}},
		{params(12, 3), []byte{0, 1, 2, 3, 1, 1, 1, 1, 2, 1, 1, 1, 3, 2, 2, 2, 4, 1, 1, 1},
			[]byte{1, 2, 3, 1, 2, 3, 2, 3, 4, 3, 5, 6, 4, 6, 7}},
		{params(12, 3), []byte{2, 1}, []byte{1}}, // cut short
	}
	for i, test := range tests {
		if got := unpredict(bytes.Clone(test.in), test.p); !bytes.Equal(got, test.want) {
			t.Errorf("%d: %v, want %v", i, got, test.want)
		}
	}
}

func TestGlyphText(t *testing.T) {
	tests := map[string]string{
		"A": "A", "space": " ", "acircumflexacute": "ấ", "Ohorndotbelow": "Ợ", "uhorn": "ư", "dcroat": "đ", "abreve": "ă",
		"uni1EA5": "ấ", "uni00410042": "AB", "u1EA5": "ấ", "f_i": "fi", "one.oldstyle": "1", "quotedblleft": "“",
		"g123": "", "cid:12": "", ".notdef": "", "": "", "uniD800": "", "acutea": "", "zcircumflexhorn": "",
	}
	for name, want := range tests {
		if got := glyphText(name); got != want {
			t.Errorf("%q is %q, want %q", name, got, want)
		}
	}
}

func TestBaseEncoding(t *testing.T) {
	tests := []struct {
		name     string
		trueType bool
		code     byte
		want     string
	}{
		{"WinAnsiEncoding", false, 0xe2, "â"}, {"WinAnsiEncoding", false, 0x93, "“"}, {"MacRomanEncoding", false, 0x89, "â"},
		{"", false, '\'', "’"}, {"", true, '\'', "'"}, {"StandardEncoding", false, 0xfb, "ß"}, {"", false, 0xe1, "Æ"}, {"", false, 0xd0, "—"},
	}
	for _, test := range tests {
		table := baseEncoding(test.name, test.trueType)
		if got := table[test.code]; got != test.want {
			t.Errorf("%q: %#x is %q, want %q", test.name, test.code, got, test.want)
		}
	}
}

// TestWideRanges: a range of many codes means what its codes one by one mean,
// and of two definitions of a code the later one counts.
func TestWideRanges(t *testing.T) {
	for _, test := range []struct{ in, code, want string }{
		{"beginbfrange <0000> <FFFF> <0000> endbfrange", "\x1e\xa5", "ấ"},
		{"beginbfrange <0000> <0FFF> <00F0> endbfrange", "\x00\x20", "Đ"},
		{"beginbfrange <0000> <FFFF> <0000> endbfrange beginbfchar <0041> <0062> endbfchar", "\x00A", "b"},
		{"beginbfchar <0041> <0062> endbfchar beginbfrange <0000> <FFFF> <0000> endbfrange", "\x00A", "A"},
		{"beginbfrange <0000> <0FFF> <0001> <0000> <0FFF> <0000> endbfrange", "\x00A", "A"},
		{"beginbfrange <0000> <0FFF> <0001> endbfrange", "\x10\x00", ""},
	} {
		m := parseCMap([]byte("begincodespacerange <0000> <FFFF> endcodespacerange " + test.in))
		code, length := m.next([]byte(test.code))
		if got := m.lookup(code, length); got != test.want {
			t.Errorf("%s: %x is %q, want %q", test.in, test.code, got, test.want)
		}
	}
	m := parseCMap([]byte("begincidrange <0000> <FFFF> 5 endcidrange begincidchar <0010> 1 endcidchar"))
	if a, b := m.cid(2, 2), m.cid(16, 2); a != 7 || b != 1 {
		t.Errorf("CIDs %d and %d", a, b)
	}
}

func TestCMap(t *testing.T) {
	m := parseCMap([]byte(`/CIDInit /ProcSet findresource begin
		2 begincodespacerange <00> <80> <8140> <9ffc> endcodespacerange
		3 beginbfchar <01> <0041> <8141> <1EA5> <03> <0066006C> endbfchar
		2 beginbfrange <10> <12> <00FF> <20> <22> [<0061> <0062> /acircumflex] endbfrange
		1 begincidrange <8140> <8142> 7 endcidrange
		1 begincidchar <01> 99 endcidchar
		1 beginbfchar <04> <00> <05> <D83DDE00> endbfchar`))
	lookups := []struct {
		in     string
		length int
		text   string
	}{
		{"\x01x", 1, "A"}, {"\x81\x41", 2, "ấ"}, {"\x03", 1, "fl"}, {"\x10", 1, "ÿ"}, {"\x11", 1, "Ā"}, {"\x12", 1, "ā"},
		{"\x21", 1, "b"}, {"\x22", 1, "â"}, {"\x04", 1, ""}, {"\x05", 1, "😀"}, {"\x81", 1, ""}, {"\xff\xff", 1, ""},
	}
	for _, test := range lookups {
		code, length := m.next([]byte(test.in))
		if text := m.lookup(code, length); length != test.length || text != test.text {
			t.Errorf("%x: %d bytes, %q, want %d, %q", test.in, length, text, test.length, test.text)
		}
	}
	if cid := m.cid(0x8142, 2); cid != 9 {
		t.Errorf("CID is %d", cid)
	}
	if cid := m.cid(1, 1); cid != 99 {
		t.Errorf("CID is %d", cid)
	}
	// A range of all codes maps no more than the limit.
	m = parseCMap([]byte("beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange beginbfrange <0000> <FFFF> <0041> <0000> <FFFF> <0041> endbfrange"))
	if len(m.text) > maxMapped {
		t.Errorf("%d codes", len(m.text))
	}
}

// build makes a PDF file of objects, numbered from 1; the first is the catalog.
func build(trailer string, objects ...string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	for i, o := range objects {
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	fmt.Fprintf(&b, "trailer\n<</Root 1 0 R/Size %d%s>>\n%%%%EOF\n", len(objects)+1, trailer)
	return b.Bytes()
}

func stream(dict string, data string) string {
	return fmt.Sprintf("<</Length %d%s>>stream\n%s\nendstream", len(data), dict, data)
}

// page makes a file of one page with a content stream. F1 is Helvetica, F2 a
// CID font whose codes are the text itself and 0.5 wide.
func page(entries, content string, more ...string) []byte {
	objects := []string{
		"<</Type/Catalog/Pages 2 0 R>>",
		"<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 600 800]>>",
		"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F1 5 0 R/F2 6 0 R>>/XObject<</X 8 0 R>>>>" + entries + ">>",
		stream("", content),
		"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding/FirstChar 0/LastChar 255/Widths[" + strings.Repeat("500 ", 256) + "]>>",
		"<</Type/Font/Subtype/Type0/BaseFont/Tinos/Encoding/Identity-H/ToUnicode 7 0 R/DescendantFonts[<</Subtype/CIDFontType2/DW 500/W[65[250 750] 70 72 600]>>]>>",
		stream("", "begincodespacerange <0000> <FFFF> endcodespacerange beginbfrange <0020> <007E> <0020> endbfrange"),
	}
	return build("", append(objects, more...)...)
}

func glyphs(t testing.TB, data []byte) layout.Page {
	t.Helper()
	pages, _, err := Pages(context.Background(), bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	if len(pages) != 1 {
		t.Fatalf("%d pages", len(pages))
	}
	return pages[0]
}

// TestTextPositions checks where each operator puts the last character.
func TestTextPositions(t *testing.T) {
	tests := []struct {
		name, content string
		x, baseline   float64 // of the last character
		size          float64
	}{
		{"Td", "BT /F1 10 Tf 100 700 Td (AB) Tj ET", 105, 100, 10},
		{"Tm", "BT /F1 1 Tf 20 0 0 20 100 700 Tm (AB) Tj ET", 110, 100, 20},
		{"TD and T*", "BT /F1 10 Tf 100 700 TD 0 -12 TD (A) Tj T* (B) Tj ET", 100, 124, 10},
		{"TL and '", "BT /F1 10 Tf 14 TL 100 700 Td (A) Tj (B) ' ET", 100, 114, 10},
		{"\"", "BT /F1 10 Tf 14 TL 100 700 Td 3 2 (A B) \" ET", 100 + 5 + 2 + 5 + 2 + 3, 114, 10},
		{"Tc", "BT /F1 10 Tf 2 Tc 100 700 Td (AB) Tj ET", 107, 100, 10},
		{"Tw", "BT /F1 10 Tf 4 Tw 100 700 Td (A B) Tj ET", 114, 100, 10},
		{"Tz", "BT /F1 10 Tf 200 Tz 100 700 Td (AB) Tj ET", 110, 100, 10},
		{"Ts", "BT /F1 10 Tf 3 Ts 100 700 Td (AB) Tj ET", 105, 97, 10},
		{"TJ", "BT /F1 10 Tf 100 700 Td [(A) -1000 (B)] TJ ET", 115, 100, 10},
		{"cm", "2 0 0 2 10 20 cm BT /F1 10 Tf 30 40 Td (AB) Tj ET", 80, 700, 20},
		{"q Q", "q 2 0 0 2 0 0 cm Q Q BT /F1 10 Tf 100 700 Td (AB) Tj ET", 105, 100, 10},
		{"invisible", "BT /F1 10 Tf 3 Tr 100 700 Td (AB) Tj ET", 105, 100, 10},
		{"CID widths", "BT /F2 10 Tf 100 700 Td <004100420043> Tj ET", 100 + 2.5 + 7.5, 100, 10},
		{"CID default and range", "BT /F2 10 Tf 100 700 Td <004300460041> Tj ET", 100 + 5 + 6, 100, 10},
		{"form", "1 0 0 1 5 5 cm /X Do", 10 + 5 + 5 + 5, 800 - 10 - 5 - 20, 10},
		{"inline image", "BI /W 2 /H 1 ID \x00 EI\xff(\x01 EI BT /F1 10 Tf 100 700 Td (AB) Tj ET", 105, 100, 10},
		{"cut operands", "BT /F1 10 Tf Tj 100 700 Td (AB) Tj", 105, 100, 10},
	}
	form := stream("/Subtype/Form/Matrix[1 0 0 1 10 10]/Resources<</Font<</F1 5 0 R>>>>", "BT /F1 10 Tf 5 20 Td (AB) Tj ET")
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := glyphs(t, page("", test.content, form))
			if len(p.Glyphs) == 0 {
				t.Fatalf("no characters; note %q", p.Note)
			}
			g := p.Glyphs[len(p.Glyphs)-1]
			if math.Abs(g.X0-test.x) > 0.01 || math.Abs(g.Baseline-test.baseline) > 0.01 || math.Abs(g.Size-test.size) > 0.01 {
				t.Errorf("%q at %.2f, %.2f, size %.2f, want %.2f, %.2f, %.2f", g.Text, g.X0, g.Baseline, g.Size, test.x, test.baseline, test.size)
			}
		})
	}
}

// TestRotation: however a page is turned, its text comes out upright.
func TestRotation(t *testing.T) {
	tests := []struct{ name, entries, content string }{
		{"not", "", "BT /F1 10 Tf 100 700 Td (AB) Tj ET"},
		{"page by 90", "/Rotate 90", "BT /F1 10 Tf 0 1 -1 0 100 100 Tm (AB) Tj ET"},
		{"page by 180", "/Rotate 180", "BT /F1 10 Tf -1 0 0 -1 500 100 Tm (AB) Tj ET"},
		{"page by -90", "/Rotate -90", "BT /F1 10 Tf 0 -1 1 0 500 700 Tm (AB) Tj ET"},
		{"text upwards", "", "BT /F1 10 Tf 0 1 -1 0 100 100 Tm (AB) Tj ET"},
		{"text downwards", "", "BT /F1 10 Tf 0 -1 1 0 500 700 Tm (AB) Tj ET"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := glyphs(t, page(test.entries, test.content))
			if len(p.Glyphs) != 2 {
				t.Fatalf("%d characters", len(p.Glyphs))
			}
			a, b := p.Glyphs[0], p.Glyphs[1]
			if a.Angle != 0 || math.Abs(b.X0-a.X1) > 0.01 || math.Abs(a.X0-100) > 0.01 || math.Abs(a.Baseline-100) > 0.01 || math.Abs(a.Baseline-b.Baseline) > 0.01 {
				t.Errorf("%+v, %+v", a, b)
			}
		})
	}
}

func TestBoxes(t *testing.T) {
	p := glyphs(t, page("/CropBox[50 650 400 750]/UserUnit 2", "BT /F1 10 Tf 100 700 Td (A) Tj 0 -600 Td (out) Tj ET"))
	if p.Width != 700 || p.Height != 200 || len(p.Glyphs) != 1 {
		t.Fatalf("%.0f x %.0f, %d characters", p.Width, p.Height, len(p.Glyphs))
	}
	if g := p.Glyphs[0]; g.X0 != 100 || g.Baseline != 100 || g.Size != 20 {
		t.Errorf("%+v", g)
	}
	if !strings.Contains(p.Note, "3 characters outside") {
		t.Errorf("note is %q", p.Note)
	}
}

func TestActualText(t *testing.T) {
	tests := []struct{ content, want string }{
		{"/Span <</ActualText <FEFF1EA5>>> BDC (XY) Tj EMC (Z) Tj", "ấZ"},
		{"/Span <</ActualText ()>> BDC (XY) Tj EMC", "XY"},
		{"/Span <</ActualText (one)>> BDC (X) Tj 0 -20 Td (Y) Tj EMC", "XY"}, // two lines
		{"EMC /P <</MCID 0>> BDC (X) Tj EMC EMC", "X"},
	}
	for _, test := range tests {
		var got string
		for _, g := range glyphs(t, page("", "BT /F1 10 Tf 100 700 Td "+test.content+" ET")).Glyphs {
			got += g.Text
		}
		if got != test.want {
			t.Errorf("%q gives %q, want %q", test.content, got, test.want)
		}
	}
}

func TestRules(t *testing.T) {
	tests := []struct {
		content string
		want    int
	}{
		{"100 100 200 0.5 re f", 1}, {"100 100 200 50 re f", 0}, {"100 100 200 50 re S", 4},
		{"1 w 100 100 m 300 100 l S", 1}, {"100 100 m 300 200 l S", 0}, {"100 100 m 300 100 l n", 0},
		{"100 100 m 300 100 l 300 100.5 l 100 100.5 l h f", 1}, {"100 100 m 120 100 130 100 300 100 c S", 0},
		{"100 100 m 300 100 l 300 300 l s", 2},
	}
	for _, test := range tests {
		if p := glyphs(t, page("", test.content)); len(p.Lines) != test.want {
			t.Errorf("%q gives %d lines, want %d: %v", test.content, len(p.Lines), test.want, p.Lines)
		}
	}
}

// TestObjectStreams: objects packed in streams are found, without any
// cross-reference.
func TestObjectStreams(t *testing.T) {
	packed := "1 0 2 34 3 95 <</Type/Catalog/Pages 2 0 R    >> "
	first := len("1 0 2 34 3 95 ")
	body := "<</Type/Catalog/Pages 2 0 R      >><</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 600 800]     >><</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>"
	packed = fmt.Sprintf("%-*s", first, fmt.Sprintf("1 0 2 %d 3 %d", 35, strings.Index(body, "<</Type/Page/"))) + body
	objects := map[int]string{
		4: stream("", "BT /F1 10 Tf 100 700 Td (Hello) Tj ET"),
		5: "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
		7: stream(fmt.Sprintf("/Type/ObjStm/N 3/First %d/Filter/FlateDecode", first), string(deflated([]byte(packed)))),
		8: stream("/Type/XRef/Root 1 0 R/Size 9/W[1 2 1]", "nothing of use"),
	}
	var b bytes.Buffer
	b.WriteString("%PDF-1.5\n")
	for _, n := range []int{4, 5, 7, 8} {
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", n, objects[n])
	}
	var got string
	for _, g := range glyphs(t, b.Bytes()).Glyphs {
		got += g.Text
	}
	if got != "Hello" {
		t.Errorf("text is %q", got)
	}
}

// encrypted makes a file for the empty user password by the given version of
// the standard's security handler.
func encrypted(t *testing.T, version, revision int) []byte {
	t.Helper()
	id := []byte("0123456789abcdef")
	owner := bytes.Repeat([]byte{7}, 32)
	var user, userKey, key []byte
	length := 16
	switch {
	case version == 5:
		key = bytes.Repeat([]byte{9}, 32)
		user = append(hashR6([]byte("validate")), "validatekeyofkey"...)
		block, err := aes.NewCipher(hashR6([]byte("keyofkey")))
		if err != nil {
			t.Fatal(err)
		}
		userKey = make([]byte, 32)
		cipher.NewCBCEncrypter(block, make([]byte, 16)).CryptBlocks(userKey, key)
	default:
		if revision == 2 {
			length = 5
		}
		key = keyV4(int64(revision), length, owner, math.MaxUint32-3, id, false)
		user = userEntry(t, key, revision, id)
	}
	seal := func(number int, data string) string {
		k := key
		useAES := version >= 4
		if version < 5 {
			h := md5.New()
			h.Write(key)
			h.Write([]byte{byte(number), 0, 0, 0, 0})
			if useAES {
				h.Write([]byte("sAlT"))
			}
			k = h.Sum(nil)[:min(len(key)+5, 16)]
		}
		if !useAES {
			c, err := rc4.NewCipher(k)
			if err != nil {
				t.Fatal(err)
			}
			out := make([]byte, len(data))
			c.XORKeyStream(out, []byte(data))
			return string(out)
		}
		pad := 16 - len(data)%16
		plain := append([]byte(data), bytes.Repeat([]byte{byte(pad)}, pad)...)
		block, err := aes.NewCipher(k)
		if err != nil {
			t.Fatal(err)
		}
		iv := []byte("initial vector!!")
		cipher.NewCBCEncrypter(block, iv).CryptBlocks(plain, plain)
		return string(iv) + string(plain)
	}
	method := map[int]string{4: "/CF<</StdCF<</CFM/AESV2/AuthEvent/DocOpen/Length 16>>>>/StmF/StdCF/StrF/StdCF",
		5: "/CF<</StdCF<</CFM/AESV3/AuthEvent/DocOpen/Length 32>>>>/StmF/StdCF/StrF/StdCF"}[version]
	if version == 5 {
		method += fmt.Sprintf("/UE<%x>/OE<%x>/Perms<%x>", userKey, userKey, make([]byte, 16))
		owner = bytes.Repeat([]byte{7}, 48)
	}
	content := seal(4, "BT /F1 12 Tf 72 700 Td (Hello world) Tj ET")
	return build(fmt.Sprintf("/Encrypt 6 0 R/ID[<%x><%x>]", id, id),
		"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 600 800]>>",
		"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
		stream("", content),
		"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
		fmt.Sprintf("<</Filter/Standard/V %d/R %d/Length %d/P -4/O<%x>/U<%x>%s>>", version, revision, length*8, owner, user, method))
}

// userEntry computes the U entry for a key.
func userEntry(t *testing.T, key []byte, revision int, id []byte) []byte {
	t.Helper()
	apply := func(key, data []byte) {
		c, err := rc4.NewCipher(key)
		if err != nil {
			t.Fatal(err)
		}
		c.XORKeyStream(data, data)
	}
	if revision == 2 {
		out := bytes.Clone(passwordPadding)
		apply(key, out)
		return out
	}
	sum := md5.Sum(append(bytes.Clone(passwordPadding), id...))
	out := sum[:]
	for i := range 20 {
		step := make([]byte, len(key))
		for j := range key {
			step[j] = key[j] ^ byte(i)
		}
		apply(step, out)
	}
	return append(out, make([]byte, 16)...)
}

func TestEncryption(t *testing.T) {
	for _, kind := range [][2]int{{1, 2}, {2, 3}, {4, 4}, {5, 6}} {
		t.Run(fmt.Sprintf("V%d R%d", kind[0], kind[1]), func(t *testing.T) {
			data := encrypted(t, kind[0], kind[1])
			doc, err := Read(context.Background(), bytes.NewReader(data), int64(len(data)))
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.TrimSpace(doc.Text); got != "Hello world" {
				t.Errorf("text is %q", got)
			}
			// Another user entry is that of another password.
			at := bytes.Index(data, []byte("/U<")) + 3
			data[at] ^= 1
			if _, err := Read(context.Background(), bytes.NewReader(data), int64(len(data))); !errors.Is(err, ErrEncrypted) {
				t.Errorf("error is %v", err)
			}
		})
	}
}

// FuzzInterpreter runs any bytes as a content stream.
func FuzzInterpreter(f *testing.F) {
	for _, seed := range []string{
		"BT /F1 12 Tf 72 700 Td (Hello world) Tj ET", "q 1 0 0 1 5 5 cm /X Do Q Q", "BT /F2 10 Tf [<0041> -100 <0042>] TJ ET",
		"BI /W 2 /H 2 ID \x00\x01\x02 EI 100 100 200 1 re f", "/Span <</ActualText (x)>> BDC (a) ' EMC",
		"BT /F1 1e9 Tf 0 1 -1 0 9 9 Tm 14 TL 1 0 (three) \" T* ET 100 100 m 200 100 l S",
	} {
		f.Add([]byte(seed))
	}
	form := stream("/Subtype/Form/Resources<</XObject<</X 8 0 R>>/Font<</F1 5 0 R>>>>", "/X Do BT /F1 10 Tf (F) Tj ET")
	f.Fuzz(func(t *testing.T, content []byte) {
		if bytes.Contains(content, []byte("endstream")) || bytes.Contains(content, []byte("obj")) {
			return // that would be a test of the file's syntax
		}
		p := glyphs(t, page("", string(content), form))
		if strings.Contains(p.Note, "not understood") {
			t.Errorf("note is %q", p.Note)
		}
		for _, g := range p.Glyphs {
			if g.Text == "" || math.IsNaN(g.X0+g.X1+g.Y0+g.Y1+g.Size) || g.Angle == 0 && (g.X1 < g.X0 || g.Y1 < g.Y0) {
				t.Errorf("bad character %+v", g)
			}
		}
		layout.Build([]layout.Page{p})
	})
}

// FuzzCMap reads any bytes as a CMap and looks codes up in it.
func FuzzCMap(f *testing.F) {
	f.Add([]byte("1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfchar <01> <0041> endbfchar"), []byte("\x01\x02"))
	f.Add([]byte("beginbfrange <0000> <FFFF> <0041> <00> <03> [<0061> /a] endbfrange begincidrange <00> <ff> 5 endcidrange"), []byte("ab"))
	f.Fuzz(func(t *testing.T, data, codes []byte) {
		m := parseCMap(data)
		if len(m.text) > maxMapped || len(m.cids) > maxMapped {
			t.Fatalf("%d texts, %d CIDs", len(m.text), len(m.cids))
		}
		for len(codes) > 0 {
			code, length := m.next(codes)
			if length < 1 || length > len(codes) {
				t.Fatalf("length %d of %d", length, len(codes))
			}
			m.lookup(code, length)
			m.cid(code, length)
			codes = codes[length:]
		}
	})
}

// FuzzFile reads any bytes as a file.
func FuzzFile(f *testing.F) {
	f.Add(page("", "BT /F1 12 Tf 72 700 Td (Hello world) Tj ET"))
	f.Add(build("/Encrypt 2 0 R", "<</Type/Catalog>>", "<</Filter/Standard/V 5/R 6/U()/UE()>>"))
	f.Add([]byte("1 0 obj 7 0 R 7 0 obj<<trailer<</Root 1 0 R")) // an object that is a reference
	f.Fuzz(func(t *testing.T, data []byte) {
		data = append([]byte("%PDF-1.4\n"), data...)
		if _, err := Read(context.Background(), bytes.NewReader(data), int64(len(data))); err != nil {
			for _, known := range []error{ErrNotPDF, ErrNoPages, ErrEncrypted} {
				if errors.Is(err, known) {
					return
				}
			}
			t.Errorf("error of another kind: %v", err)
		}
	})
}

// FuzzFilters decodes any bytes with any chain of filters.
func FuzzFilters(f *testing.F) {
	f.Add([]byte("x\x9c\x03\x00\x00\x00\x00\x01"), uint8(0), uint8(6), uint8(0), uint16(1))
	f.Add([]byte("\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01"), uint8(1), uint8(6), uint8(0), uint16(1))
	f.Add([]byte("48656c6c6f>"), uint8(2), uint8(6), uint8(12), uint16(3))
	f.Add([]byte("<~87cURD]i,\"Ebo80~>"), uint8(3), uint8(4), uint8(2), uint16(2))
	f.Add([]byte("\x05Hello!\xfex\x80"), uint8(4), uint8(0), uint8(15), uint16(9))
	names := []string{"FlateDecode", "LZWDecode", "ASCIIHexDecode", "ASCII85Decode", "RunLengthDecode", "Crypt", ""}
	f.Fuzz(func(t *testing.T, data []byte, first, second, predictor uint8, columns uint16) {
		const limit = 1 << 16
		var filters, params []object
		parameters := fmt.Sprintf("<</Predictor %d/Columns %d/Colors %d>>", predictor%16, columns, 1+predictor%4)
		for _, n := range []uint8{first, second} {
			if name := names[int(n)%len(names)]; name != "" {
				filters = append(filters, object{kind: kindName, str: []byte(name)})
				params = append(params, (&lexer{data: []byte(parameters)}).next())
			}
		}
		original := bytes.Clone(data)
		out, cut, ok := decodeStream(data, filters, params, limit)
		if len(out) > limit && len(filters) > 0 || len(filters) > 0 && !ok {
			t.Fatalf("%d bytes, cut %v, ok %v", len(out), cut, ok)
		}
		again, _, _ := decodeStream(original, filters, params, limit)
		if !bytes.Equal(out, again) {
			t.Error("decoding twice gives two results")
		}
	})
}

// FuzzLZW: what a compressor of LZW wrote comes back.
func FuzzLZW(f *testing.F) {
	f.Add([]byte("-----A---B"))
	f.Add(bytes.Repeat([]byte("BT (Tiếp nhận 239 hồ sơ) Tj ET\n"), 300))
	f.Fuzz(func(t *testing.T, data []byte) {
		if out, cut := unlzw(packLZW(data), true, len(data)+1); cut || !bytes.Equal(out, data) {
			t.Errorf("%d bytes came back as %d", len(data), len(out))
		}
	})
}

// packLZW compresses as TIFF and PDF writers do: the reader is one entry behind,
// so that the width changes one code early for it.
func packLZW(data []byte) []byte {
	var out []byte
	var buffer uint64
	bits, width := 0, 9
	put := func(code int) {
		buffer = buffer<<width | uint64(code)
		for bits += width; bits >= 8; bits -= 8 {
			out = append(out, byte(buffer>>(bits-8)))
		}
	}
	table := map[string]int{}
	reset := func() {
		clear(table)
		for i := range 256 {
			table[string([]byte{byte(i)})] = i
		}
		width = 9
	}
	reset()
	put(256)
	next := 258
	known := ""
	for _, c := range data {
		if longer := known + string([]byte{c}); table[longer] != 0 || longer == "\x00" {
			known = longer
			continue
		}
		put(table[known])
		table[known+string([]byte{c})] = next
		if next++; next == 1<<width && width < 12 {
			width++
		}
		if next == 4094 {
			put(256)
			reset()
			next = 258
		}
		known = string([]byte{c})
	}
	if known != "" {
		put(table[known])
		// The reader adds an entry for what comes before the end.
		if next++; next == 1<<width && width < 12 {
			width++
		}
	}
	put(257)
	if bits > 0 {
		out = append(out, byte(buffer<<(8-bits)))
	}
	return out
}

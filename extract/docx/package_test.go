package docx

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"baocao/extract/document/doctest"
)

// file reads a file of the shared test data.
func file(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "testdata", filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestHostile: every odd package gives its text or an error that says why.
func TestHostile(t *testing.T) {
	truth := string(file(t, "documents/truth.txt"))
	for _, c := range []struct {
		name string
		want error // nil: the report's text
	}{
		{"backslash", nil}, {"doc2name", nil}, {"norels", nil}, {"upper", nil}, {"utf16", nil},
		{"deep", ErrMalformed}, {"entities", ErrMalformed},
		{"nodoc", ErrNoBody},
		{"empty", ErrNotPackage}, {"flip", ErrNotPackage}, {"trunc", ErrNotPackage}, {"doc_renamed", ErrNotPackage}, {"pdf_renamed", ErrNotPackage},
	} {
		t.Run(c.name, func(t *testing.T) {
			data := file(t, "hostile/"+c.name+".docx")
			start := time.Now()
			doc, err := Read(context.Background(), bytes.NewReader(data), int64(len(data)))
			if took := time.Since(start); took > 5*time.Second {
				t.Errorf("took %v", took)
			}
			if c.want != nil {
				if !errors.Is(err, c.want) {
					t.Errorf("error %v, want %v", err, c.want)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if f1 := doctest.F1(truth, doc.Text); f1 < 0.995 {
				t.Errorf("F1 %.4f", f1)
			}
			if found, total := doctest.RowsFound(truth, doc.Text); found != total {
				t.Errorf("%d of %d rows", found, total)
			}
			if len(doc.Warnings) > 0 {
				t.Errorf("warnings %q", doc.Warnings)
			}
		})
	}
}

// spaces is an endless stream of spaces, cheap to deflate.
type spaces struct{}

func (spaces) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	return len(p), nil
}

// bomb adds an entry that inflates to n bytes of white space to base.docx, or
// puts that white space behind the content of an entry that is there.
func bomb(t *testing.T, name string, n int64) []byte {
	t.Helper()
	base := file(t, "documents/base.docx")
	zr, err := zip.NewReader(bytes.NewReader(base), int64(len(base)))
	if err != nil {
		t.Fatal(err)
	}
	var buf bytes.Buffer
	zw := zip.NewWriter(&buf)
	grown := false
	for _, f := range zr.File {
		w, err := zw.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		rc, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(w, rc); err != nil {
			t.Fatal(err)
		}
		rc.Close()
		if f.Name == name {
			grown = true
			if _, err := io.CopyN(w, spaces{}, n); err != nil {
				t.Fatal(err)
			}
		}
	}
	if !grown {
		w, err := zw.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.CopyN(w, spaces{}, n); err != nil {
			t.Fatal(err)
		}
	}
	if err := zw.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// TestBombs: what inflates without end is not inflated, whether it stands in
// the text, in a picture, or in an entry that the docx library would read.
func TestBombs(t *testing.T) {
	truth := string(file(t, "documents/truth.txt"))
	for _, c := range []struct {
		part string
		want error
		warn string
	}{
		{"word/document.xml", ErrTooLarge, ""},
		{"word/media/image1.png", nil, ""},
		{"word/media/header_photo.png", nil, ""},
		{"word/styles.xml", nil, "styles.xml"},
		{"word/header1.xml", nil, "header1.xml"},
		{"word/footnotes.xml", nil, ""}, // never referred to
	} {
		t.Run(c.part, func(t *testing.T) {
			n := int64(20 << 20) // too dense
			if c.want != nil {
				n = maxPart + 1 // too large as well
			}
			data := bomb(t, c.part, n)
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			doc, err := Read(context.Background(), bytes.NewReader(data), int64(len(data)))
			runtime.ReadMemStats(&after)
			if used := (after.TotalAlloc - before.TotalAlloc) >> 20; used > 16 {
				t.Errorf("allocated %d MiB", used)
			}
			if !errors.Is(err, c.want) {
				t.Fatalf("error %v, want %v", err, c.want)
			}
			if err != nil {
				return
			}
			if f1 := doctest.F1(truth, doc.Text); f1 < 0.995 {
				t.Errorf("F1 %.4f", f1)
			}
			if c.warn != "" && (len(doc.Warnings) == 0 || !strings.Contains(doc.Warnings[0], c.warn)) {
				t.Errorf("warnings %q", doc.Warnings)
			}
		})
	}
}

// TestFalseSize: an entry that declares less than it holds is refused.
func TestFalseSize(t *testing.T) {
	data := wordPack(p(r(strings.Repeat("a", 5000)))).bytes(t)
	zr, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	// The declared sizes of the main part stand in the directory, 24 bytes
	// behind the signature of its record.
	for i, f := range zr.File {
		if f.Name != mainPart {
			continue
		}
		at := 0
		for range i + 1 {
			at += bytes.Index(data[at:], []byte("PK\x01\x02")) + 4
		}
		copy(data[at+20:], []byte{16, 0, 0, 0})
	}
	if _, err := Read(context.Background(), bytes.NewReader(data), int64(len(data))); !errors.Is(err, ErrNotPackage) {
		t.Errorf("error %v", err)
	}
}

func TestPackageForms(t *testing.T) {
	body := p(r("Đã tiếp nhận 239 hồ sơ"))
	const want = "Đã tiếp nhận 239 hồ sơ\n"
	rename := func(pairs ...string) pack {
		q := wordPack(body)
		for i := range q {
			q[i][0] = strings.NewReplacer(pairs...).Replace(q[i][0])
		}
		return q
	}
	twice := append(wordPack(body), [2]string{mainPart, `<w:document ` + wordNS + `><w:body>` + p(r("999")) + `</w:body></w:document>`})
	utf := wordPack(body)
	for i := range utf {
		if utf[i][0] == mainPart {
			text := strings.Replace(utf[i][1], "UTF-8", "UTF-16", 1)
			var b bytes.Buffer
			b.WriteString("\xFE\xFF")
			for _, u := range utf16.Encode([]rune(text)) {
				b.Write([]byte{byte(u >> 8), byte(u)})
			}
			utf[i][1] = b.String()
		}
	}
	strict := wordPack(body)
	for i := range strict {
		strict[i][1] = strings.ReplaceAll(strict[i][1], "http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main")
	}
	moved := pack{
		{"_rels/.rels", `<Relationships><Relationship Id="r1" Type="` + relNS + `/officeDocument" Target="/content/main.xml"/></Relationships>`},
		{"content/main.xml", wordPack(body)[2][1]},
	}
	typed := pack{
		{"[Content_Types].xml", `<Types><Override PartName="/a/b.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`},
		{"a/b.xml", wordPack(body)[2][1]},
	}
	for _, c := range []struct {
		name string
		p    pack
		warn bool
	}{
		{"plain", wordPack(body), false},
		{"capitals in names", rename("word/document", "Word/Document"), false},
		{"backslashes", rename("/", `\`), false},
		{"leading slash", rename("word/document.xml", "/word/document.xml"), false},
		{"no relationships", pack{wordPack(body)[2]}, false},
		{"main part elsewhere", moved, false},
		{"main part by content type", typed, false},
		{"repeated main part", twice, true},
		{"UTF-16 big endian", utf, false},
		{"strict namespace", strict, false},
		{"broken relationships", pack{{"_rels/.rels", "<x"}, wordPack(body)[2]}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc := readPack(t, c.p)
			if doc.Text != want || (len(doc.Warnings) > 0) != c.warn {
				t.Errorf("got %q, warnings %q", doc.Text, doc.Warnings)
			}
		})
	}
}

// TestLibraryIsUsed: the docx library reads a plain package, and is kept away
// from one in which it would take the wrong entry.
func TestLibraryIsUsed(t *testing.T) {
	for _, c := range []struct {
		p    pack
		want bool
	}{
		{wordPack(p(r("a"))), true},
		{append(wordPack(p(r("a"))), [2]string{"WORD/document.xml", "<a/>"}), false},
	} {
		data := c.p.bytes(t)
		pkg, err := openParts(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			t.Fatal(err)
		}
		if got := pkg.plain(mainPart); got != c.want {
			t.Errorf("plain = %v, want %v", got, c.want)
		}
	}
}

func TestContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	data := wordPack(p(r("a"))).bytes(t)
	if _, err := Read(ctx, bytes.NewReader(data), int64(len(data))); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	// A context that ends while the body is read.
	data = wordPack(strings.Repeat(p(r("a")), 5000)).bytes(t)
	late := &lateContext{Context: context.Background(), after: 3}
	if _, err := Read(late, bytes.NewReader(data), int64(len(data))); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error %v", err)
	}
}

// lateContext ends after some calls of Err.
type lateContext struct {
	context.Context
	after int
}

func (c *lateContext) Err() error {
	if c.after--; c.after < 0 {
		return context.DeadlineExceeded
	}
	return nil
}

// TestDamaged: cut and flipped packages never panic, and what is read from
// them keeps the promises of a Document. The damage is the same on every run.
func TestDamaged(t *testing.T) {
	base := file(t, "documents/report.docx")
	rnd := rand.New(rand.NewPCG(1, 2))
	read := 0
	for i := range 400 {
		data := bytes.Clone(base)
		if i%2 == 0 {
			data = data[:rnd.IntN(len(data))]
		} else {
			for range 1 + rnd.IntN(4) {
				data[rnd.IntN(len(data))] ^= 1 << rnd.IntN(8)
			}
		}
		doc, err := Read(context.Background(), bytes.NewReader(data), int64(len(data)))
		if err == nil {
			checkBlocks(t, doc)
			read++
		}
	}
	if read == 0 {
		t.Error("no damaged package was read: damage beside the text should not matter")
	}
}

// TestDamagedXML does the same to the XML of the parts inside a sound package.
func TestDamagedXML(t *testing.T) {
	body := string(unzip(t, file(t, "documents/report.docx"), mainPart))
	rnd := rand.New(rand.NewPCG(3, 4))
	for range 300 {
		data := []byte(body)
		for range 1 + rnd.IntN(3) {
			data[rnd.IntN(len(data))] ^= 1 << rnd.IntN(8)
		}
		if rnd.IntN(4) == 0 {
			data = data[:rnd.IntN(len(data))]
		}
		q := pack{{mainPart, string(data)}}.bytes(t)
		doc, err := Read(context.Background(), bytes.NewReader(q), int64(len(q)))
		if err == nil {
			checkBlocks(t, doc)
		}
	}
}

// unzip returns one entry of a package.
func unzip(t testing.TB, data []byte, name string) []byte {
	t.Helper()
	pkg, err := openParts(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	part, err := pkg.read(name)
	if err != nil || part == nil {
		t.Fatalf("%s: %v", name, err)
	}
	return part
}

// FuzzZip: any bytes as a package.
func FuzzZip(f *testing.F) {
	f.Add(file(f, "documents/report.docx"))
	f.Add(wordPack(p(r("a"))).bytes(f))
	f.Add(wordPack(p(r("a")), [2]string{"styles.xml", ""}, [2]string{"numbering.xml", ""}).bytes(f))
	f.Fuzz(func(t *testing.T, data []byte) {
		doc, err := Read(context.Background(), bytes.NewReader(data), int64(len(data)))
		if err == nil {
			checkBlocks(t, doc)
		}
	})
}

// FuzzDocx: any text as the body, the styles and the list definitions.
func FuzzDocx(f *testing.F) {
	f.Add(p(r("a"))+lined(tr(tc("", p(r("1"))))), `<w:style w:styleId="A"/>`, `<w:num w:numId="1"/>`)
	f.Add(p(`<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr>`, r("a")), "",
		`<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="1"><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>`)
	f.Add(p(rp(`<w:rFonts w:hAnsi=".VnTime"/>`, "B¸o c¸o")), "", "")
	f.Add(`<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="9"/><w:vMerge/></w:tcPr></w:tc></w:tr></w:tbl>`, "", "")
	f.Fuzz(func(t *testing.T, body, styles, numbering string) {
		data := wordPack(body, [2]string{"styles.xml", styles}, [2]string{"numbering.xml", numbering}).bytes(t)
		doc, err := Read(context.Background(), bytes.NewReader(data), int64(len(data)))
		if err != nil {
			return
		}
		checkBlocks(t, doc)
		again, err := Read(context.Background(), bytes.NewReader(data), int64(len(data)))
		if err != nil || again.Text != doc.Text {
			t.Errorf("read twice: %q and %q, %v", doc.Text, again.Text, err)
		}
	})
}

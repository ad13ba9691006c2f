package ingest

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

func zipOf(t testing.TB, files map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		add(t, z, &zip.FileHeader{Name: name, Method: zip.Deflate, Modified: time.Date(2023, 6, 1, 0, 0, 0, 0, time.UTC)}, files[name])
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func add(t testing.TB, z *zip.Writer, h *zip.FileHeader, text string) {
	t.Helper()
	w, err := z.CreateHeader(h)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
}

func TestArchives(t *testing.T) {
	dir := t.TempDir()
	one := report("Xã A", "2023-05", "dossiers.received 5\n")
	inner := zipOf(t, map[string]string{"x.docx": report("Xã B", "2023-05", "dossiers.received 5\n")})
	deep := zipOf(t, map[string]string{"deep.zip": string(zipOf(t, map[string]string{"deeper.zip": string(inner)}))})
	write(t, filepath.Join(dir, "a.zip"), string(zipOf(t, map[string]string{
		"bc/1.docx": one, "bc/": "", "bc/2.docx": one, "inner.zip": string(inner), "note.txt": "something"})))
	write(t, filepath.Join(dir, "b.zip"), string(deep))
	write(t, filepath.Join(dir, "c.zip"), string(zipOf(t, nil)))
	write(t, filepath.Join(dir, "copy.dat"), string(deep)) // told by content, not by name
	write(t, filepath.Join(dir, "d.docx"), string(zipOf(t, map[string]string{"[Content_Types].xml": "", "a": ""})))
	write(t, filepath.Join(dir, "e.docx"), string(zipOf(t, map[string]string{"A": "", "[Content_Types].xml": ""})))
	write(t, filepath.Join(dir, "f.zip"), string(inner[:len(inner)-10]))
	d := newDB(t)
	f := &fakeReader{}
	s := run(t, d, options(f, dir))
	want := `
		a.zip archive
		a.zip!/bc/1.docx stored
		a.zip!/bc/2.docx duplicate a.zip!/bc/1.docx
		a.zip!/inner.zip archive
		a.zip!/inner.zip!/x.docx stored
		a.zip!/note.txt unsupported
		b.zip archive
		b.zip!/deep.zip archive
		b.zip!/deep.zip!/deeper.zip unreadable
		c.zip archive
		copy.dat archive
		d.docx unsupported
		e.docx unsupported
		f.zip unsupported
		`
	wantLedger(t, d, dir, want)
	if s.Found != 14 || s.Added != 2 {
		t.Errorf("summary is %+v", s)
	}
	before := digest(t, d)
	if s = run(t, d, options(f, dir)); s.Unchanged != 7 || s.Found != 7 || digest(t, d) != before {
		t.Errorf("summary is %+v", s)
	}
	o := options(f, dir)
	o.Verify = true
	if s = run(t, d, o); digest(t, d) != before || s.Added != 0 {
		t.Errorf("summary is %+v", s)
	}
	wantLedger(t, d, dir, want)
	sound(t, d)
}

func TestArchiveNames(t *testing.T) {
	raw := func(encode *charmap.Charmap, s string) string {
		b, err := encode.NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	for _, c := range []struct {
		name string
		file zip.FileHeader
		want string
		bad  bool
	}{
		{"UTF-8", zip.FileHeader{Name: "Báo cáo tháng 5.docx"}, "Báo cáo tháng 5.docx", false},
		{"UTF-8 without the flag, decomposed", zip.FileHeader{Name: norm.NFD.String("Báo cáo.docx"), NonUTF8: true}, "Báo cáo.docx", false},
		// Code page 1258 writes the tone as a mark after the letter.
		{"code page 1258", zip.FileHeader{Name: raw(charmap.Windows1258, "Quy\u00ea\u0301t \u0111i\u0323nh"), NonUTF8: true}, "Quyết định", false},
		{"code page 437", zip.FileHeader{Name: raw(charmap.CodePage437, "M\u00e4rz ½.docx"), NonUTF8: true}, "März ½.docx", false},
		{"backslashes", zip.FileHeader{Name: `a\b.docx`}, "a/b.docx", false},
		{"up and out", zip.FileHeader{Name: "../../b.docx"}, "../../b.docx", true},
		{"up and out, backslashes", zip.FileHeader{Name: `a\..\..\b.docx`}, "a/../../b.docx", true},
		{"absolute", zip.FileHeader{Name: "/etc/b.docx"}, "/etc/b.docx", true},
		{"a drive", zip.FileHeader{Name: `C:\b.docx`}, "C:/b.docx", true},
		{"nothing", zip.FileHeader{Name: ""}, "", true},
		{"a line break", zip.FileHeader{Name: "a\nb"}, "a\uFFFDb", true},
	} {
		got, err := memberName(&zip.File{FileHeader: c.file})
		if got != c.want || (err != nil) != c.bad {
			t.Errorf("%s: %q, %v; want %q", c.name, got, err, c.want)
		}
	}
}

func TestArchiveNameInExtraField(t *testing.T) {
	name := "Báo cáo.docx"
	extra := binary.LittleEndian.AppendUint16(nil, 0x7075)
	extra = binary.LittleEndian.AppendUint16(extra, uint16(5+len(name)))
	extra = append(extra, 1)
	extra = binary.LittleEndian.AppendUint32(extra, crc32.ChecksumIEEE([]byte("Bao cao.docx")))
	extra = append(extra, name...)
	other := []byte{1, 0, 2, 0, 9, 9}
	if got := decodeName(&zip.File{FileHeader: zip.FileHeader{Name: "Bao cao.docx", Extra: append(other, extra...)}}); got != name {
		t.Errorf("name is %q", got)
	}
	for cut := range extra { // a broken field is no name
		if got := decodeName(&zip.File{FileHeader: zip.FileHeader{Name: "Bao cao.docx", Extra: extra[:cut]}}); got != "Bao cao.docx" {
			t.Errorf("cut at %d: name is %q", cut, got)
		}
	}
}

func TestHostileArchives(t *testing.T) {
	dir := t.TempDir()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	add(t, z, &zip.FileHeader{Name: "../out.docx", Method: zip.Deflate}, "letter 1")
	add(t, z, &zip.FileHeader{Name: "same.docx", Method: zip.Deflate}, "letter 2")
	add(t, z, &zip.FileHeader{Name: "same.docx", Method: zip.Deflate}, "letter 3")
	add(t, z, &zip.FileHeader{Name: "large.docx", Method: zip.Deflate}, strings.Repeat("x", 3000))
	add(t, z, &zip.FileHeader{Name: "secret.docx", Method: zip.Store}, "letter 4")
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	data := b.Bytes()
	// The encryption flag is in both headers of the last file.
	for _, signature := range []string{"PK\x03\x04", "PK\x01\x02"} {
		at := bytes.LastIndex(data, []byte(signature))
		data[at+map[string]int{"PK\x03\x04": 6, "PK\x01\x02": 8}[signature]] |= 1
	}
	write(t, filepath.Join(dir, "a.zip"), string(data))
	write(t, filepath.Join(dir, "bomb.zip"), string(zipOf(t, map[string]string{"x": strings.Repeat("0", 65<<20)})))
	lying := zipOf(t, map[string]string{"liar.docx": "letter " + strings.Repeat("y", 500)})
	at := bytes.Index(lying, []byte("PK\x01\x02"))
	binary.LittleEndian.PutUint32(lying[at+24:], 100)
	write(t, filepath.Join(dir, "lying.zip"), string(lying))
	d := newDB(t)
	o := options(&fakeReader{}, dir)
	o.MaxMember = 2000
	run(t, d, o)
	wantLedger(t, d, dir, `
		a.zip archive
		a.zip!/../out.docx unreadable
		a.zip!/large.docx unreadable
		a.zip!/same.docx not-a-report
		a.zip!/same.docx#2 not-a-report
		a.zip!/secret.docx unreadable
		bomb.zip unreadable
		lying.zip archive
		lying.zip!/liar.docx unreadable
		`)
	sound(t, d)
}

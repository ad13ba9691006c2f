package main

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"baocao/db"
)

// programVariable makes the test binary the program itself, for tests that start
// it as a process of its own.
const programVariable = "BAOCAO_TEST_PROGRAM"

// program is the real program with its arguments, not yet started.
func program(t *testing.T, args ...string) (cmd *exec.Cmd, stdout, stderr *bytes.Buffer) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd = exec.Command(self, args...)
	cmd.Env = append(os.Environ(), programVariable+"=1", "GORACE=atexit_sleep_ms=0")
	stdout, stderr = &bytes.Buffer{}, &bytes.Buffer{}
	cmd.Stdout, cmd.Stderr = stdout, stderr
	return cmd, stdout, stderr
}

// number of an environment variable, for longer runs of a test.
func number(t *testing.T, variable string, usual int) int {
	t.Helper()
	text := os.Getenv(variable)
	if text == "" {
		return usual
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// communeName gives names that differ for 900 communes.
func communeName(i int) string {
	syllables := strings.Fields("An Bình Cao Dương Đông Gia Hải Hòa Hưng Khánh Kim Lâm Long Minh Mỹ Nam Ngọc Phú Phước Quang Sơn Tân Tây Thanh Thành Thịnh Trung Văn Vĩnh Xuân")
	return syllables[i/30%30] + " " + syllables[i%30]
}

// smallReport is a short report of a commune.
func smallReport(unit, month, received int) string {
	return fmt.Sprintf(`UBND HUYỆN TỨ KỲ
ỦY BAN NHÂN DÂN XÃ %s
Số: %d/BC-UBND
BÁO CÁO
Công tác cải cách hành chính tháng %d năm 2023
I. KẾT QUẢ
1. Trong tháng %d năm 2023 đã tiếp nhận %d hồ sơ; đã giải quyết %d hồ sơ, trong đó đúng hạn %d hồ sơ, quá hạn 2 hồ sơ.
`, strings.ToUpper(communeName(unit)), 10+month, month, month, received, received-5, received-7)
}

// docx packs paragraphs into the smallest Word file.
func docx(t *testing.T, text string) []byte {
	t.Helper()
	var body strings.Builder
	for line := range strings.Lines(text) {
		fmt.Fprintf(&body, "<w:p><w:r><w:t>%s</w:t></w:r></w:p>", strings.TrimSuffix(line, "\n"))
	}
	const head = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, part := range [][2]string{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`},
		{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`},
		{"word/document.xml", `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>` + body.String() + `</w:body></w:document>`},
	} {
		w, err := z.Create(part[0])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(head + part[1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// smallArchive writes n files as they come from communes: Word and text files,
// copies, corrected reports, plans, broken ones.
func smallArchive(t *testing.T, dir string, n int) {
	t.Helper()
	for i := range n {
		unit, month := i/12, 1+i%12
		text := smallReport(unit, month, 100+i%400)
		name := fmt.Sprintf("%03d/bao-cao-%02d-%d", unit, month, i)
		var data []byte
		switch {
		case i%10 == 3: // a copy
			data = docx(t, smallReport(unit, month-1, 100+(i-1)%400))
			name += ".docx"
		case i%40 == 7:
			data = []byte("PK\x03\x04 cut off " + name)
			name += ".docx"
		case i%40 == 11:
			data = docx(t, strings.NewReplacer("BÁO CÁO\n", "KẾ HOẠCH\n", "/BC-", "/KH-").Replace(text))
			name += ".docx"
		case i%3 == 0:
			data = []byte(text)
			name += ".txt"
		default:
			data = docx(t, text)
			name += ".docx"
		}
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// sound opens a database, checks it to the last position and gives its digest and
// ledger.
func sound(t *testing.T, path string) (digest string, status db.Status) {
	t.Helper()
	ctx := context.Background()
	d, err := db.Open(ctx, path, db.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	problems, err := d.Check(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Errorf("db check: %s", p)
	}
	if digest, err = d.Digest(ctx); err != nil {
		t.Fatal(err)
	}
	if status, err = d.Status(ctx); err != nil {
		t.Fatal(err)
	}
	return digest, status
}

// Every file that was offered has a row. BAOCAO_TEST_FILES sets how many.
func TestManyFiles(t *testing.T) {
	n := number(t, "BAOCAO_TEST_FILES", 240)
	dir, file := t.TempDir(), filepath.Join(t.TempDir(), "d.db")
	smallArchive(t, dir, n)
	code, out, errOut := baocao(t, "import", dir, "--db", file)
	if code != exitSkipped {
		t.Fatalf("exit %d: %s%s", code, out, errOut)
	}
	digest, s := sound(t, file)
	if s.Total() != n {
		t.Errorf("%d rows for %d files", s.Total(), n)
	}
	copies, broken, plans := 0, 0, 0
	for i := range n {
		switch {
		case i%10 == 3:
			copies++
		case i%40 == 7:
			broken++
		case i%40 == 11:
			plans++
		}
	}
	if s.Files[db.Unreadable] != broken || s.Files[db.NotAReport] != plans || s.Files[db.Duplicate] < copies/2 || s.Figures < 2*s.Reports["current"] {
		t.Errorf("%d copies, %d broken, %d plans; files are %v, %d figures of %v", copies, broken, plans, s.Files, s.Figures, s.Reports)
	}
	if code, out, errOut = baocao(t, "import", dir, "--db", file, "--format", "json"); code != exitFine || !strings.Contains(out, fmt.Sprintf(`"unchanged":%d`, n)) {
		t.Errorf("again: exit %d, %s%s", code, out, errOut)
	}
	if again, _ := sound(t, file); again != digest {
		t.Error("the second import has changed something")
	}
}

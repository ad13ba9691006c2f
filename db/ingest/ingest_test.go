package ingest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"baocao/db"
	"baocao/extract/document"
	"baocao/extract/rules"
	"baocao/normalize"
)

// The reader of these tests takes files of lines:
//
//	report Xã Quang Khải|2023-05|58/BC-UBND|2023-05-31
//	dossiers.received 239
//
// "scan", "panic" and "broken" as first word make it fail in three ways; any
// other first word is an unsupported file.

var (
	errScan        = errors.New("no text layer")
	errBroken      = errors.New("cut off")
	errUnsupported = errors.New("unknown kind of file")
)

// fakeReader counts how often it was called.
type fakeReader struct{ reads atomic.Int64 }

func (f *fakeReader) read(ctx context.Context, name string, r io.ReaderAt, size int64) (*document.Document, error) {
	f.reads.Add(1)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	data, err := io.ReadAll(io.NewSectionReader(r, 0, size))
	if err != nil {
		return nil, err
	}
	word, _, _ := strings.Cut(string(data), " ")
	switch strings.TrimSpace(word) {
	case "report", "letter":
	case "scan":
		return nil, fmt.Errorf("%s: %w", name, errScan)
	case "broken":
		return nil, errBroken
	case "panic":
		panic("index out of range")
	default:
		return nil, errUnsupported
	}
	var b document.Builder
	for line := range strings.Lines(string(data)) {
		b.Add(document.Paragraph, 1, 0, strings.TrimSuffix(line, "\n"))
	}
	doc := b.Document()
	doc.Engine = "fake"
	return doc, nil
}

func extract(doc *document.Document, name string) (*normalize.Report, error) {
	head, rest, _ := strings.Cut(doc.Text, "\n")
	if !strings.HasPrefix(head, "report ") {
		return &normalize.Report{Type: db.TypeOther}, nil
	}
	parts := strings.Split(strings.TrimPrefix(head, "report ")+"|||", "|")
	r := &normalize.Report{Type: "cchc", Unit: parts[0], Period: parts[1], Number: parts[2], Date: parts[3]}
	offset := len(head) + 1
	for line := range strings.Lines(rest) {
		indicator, value, ok := strings.Cut(strings.TrimSpace(line), " ")
		if ok {
			start := offset + len(indicator) + 1
			r.Figures = append(r.Figures, normalize.Figure{Indicator: indicator, Span: rules.Period, Value: value, Confidence: 1,
				Mentions: []normalize.Mention{{Start: start, End: start + len(value), Page: 1, Text: value, Parent: -1}}})
		}
		offset += len(line)
	}
	return r, nil
}

func classify(err error) (db.State, string) {
	switch {
	case errors.Is(err, errScan):
		return db.NeedsOCR, "cần nhận dạng chữ"
	case errors.Is(err, errUnsupported):
		return db.Unsupported, err.Error()
	}
	return "", ""
}

func options(f *fakeReader, paths ...string) Options {
	return Options{Paths: paths, Jobs: 4, Read: f.read, Extract: extract, RuleSetHash: "rules-1", Classify: classify, Batch: 3}
}

func openDB(t testing.TB, path string) *db.DB {
	t.Helper()
	d, err := db.Open(context.Background(), path, db.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

func newDB(t testing.TB) *db.DB { return openDB(t, filepath.Join(t.TempDir(), "test.db")) }

func run(t testing.TB, d *db.DB, o Options) Summary {
	t.Helper()
	s, err := Run(context.Background(), d, o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func write(t testing.TB, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func report(unit, period, values string) string {
	return "report " + unit + "|" + period + "\n" + values
}

// ledger gives "path state" lines with paths below dir shortened.
func ledger(t testing.TB, d *db.DB, dir string) string {
	t.Helper()
	files, err := d.Files(context.Background(), db.FileFilter{})
	if err != nil {
		t.Fatal(err)
	}
	short := func(path string) string {
		return filepath.ToSlash(strings.TrimPrefix(path, dir+string(filepath.Separator)))
	}
	var b strings.Builder
	for _, f := range files {
		fmt.Fprintf(&b, "%s %s", short(f.Path), f.State)
		if f.Other != "" {
			fmt.Fprintf(&b, " %s", short(f.Other))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func wantLedger(t testing.TB, d *db.DB, dir, want string) {
	t.Helper()
	want = strings.TrimPrefix(strings.ReplaceAll(want, "\t", ""), "\n")
	if got := ledger(t, d, dir); got != want {
		t.Errorf("ledger is\n%swant\n%s", got, want)
	}
}

func digest(t testing.TB, d *db.DB) string {
	t.Helper()
	s, err := d.Digest(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func sound(t testing.TB, d *db.DB) {
	t.Helper()
	problems, err := d.Check(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Errorf("check: %s", p)
	}
}

// mixed writes a folder of all kinds of files: n of them, of which some are
// duplicates, re-issues, scans and broken ones, and an archive.
func mixed(t testing.TB, dir string, n int, seed uint64) {
	t.Helper()
	random := rand.New(rand.NewPCG(seed, 1))
	texts := []string{report("Xã Quang Khải", "2023-05", "dossiers.received 1\n")}
	for i := range n {
		unit := fmt.Sprintf("Xã Số %d", random.IntN(n/4+1))
		period := fmt.Sprintf("2023-%02d", 1+random.IntN(12))
		text := report(unit, period, fmt.Sprintf("dossiers.received %d\ndossiers.resolved %d\n", random.IntN(500), i))
		switch random.IntN(10) {
		case 0:
			text = texts[random.IntN(len(texts))]
		case 1:
			text = fmt.Sprintf("scan %d", random.IntN(3))
		case 2:
			text = fmt.Sprintf("broken %d", i)
		case 3:
			text = fmt.Sprintf("letter %d", i)
		}
		texts = append(texts, text)
		write(t, filepath.Join(dir, unit, fmt.Sprintf("%03d.docx", i)), text)
	}
	write(t, filepath.Join(dir, "kho.zip"), string(zipOf(t, map[string]string{
		"a/1.docx": report("Xã Trong Kho", "2023-01", "dossiers.received 5\n"),
		"a/2.docx": texts[0],
		"3.docx":   "scan 1",
	})))
}

func TestImport(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "a.docx"), report("Xã A", "2023-05", "dossiers.received 5\n"))
	write(t, filepath.Join(dir, "b", "a.docx"), report("Xã A", "2023-05", "dossiers.received 5\n"))
	write(t, filepath.Join(dir, "b", "scan.pdf"), "scan 1")
	write(t, filepath.Join(dir, "c.docx"), report("Xã A", "2023-05", "dossiers.received 6\n"))
	write(t, filepath.Join(dir, "d.bin"), "\x00\x01")
	write(t, filepath.Join(dir, "e.docx"), "letter")
	write(t, filepath.Join(dir, "f.docx"), "panic")
	write(t, filepath.Join(dir, "g.docx"), "")
	d := newDB(t)
	f := &fakeReader{}
	var events []Event
	o := options(f, dir)
	o.Jobs = 1 // with more, two files with the same bytes may both be read
	o.Progress = func(e Event) { events = append(events, e) }
	s := run(t, d, o)
	wantLedger(t, d, dir, `
		a.docx superseded c.docx
		b/a.docx duplicate a.docx
		b/scan.pdf needs-ocr
		c.docx stored
		d.bin unsupported
		e.docx not-a-report
		f.docx unreadable
		g.docx unsupported
		`)
	if s.Found != 8 || s.Added != 3 || s.Known != 1 || s.Replaced != 1 || s.Failed() != 2 || s.Unchanged != 0 || s.Interrupted {
		t.Errorf("summary is %+v", s)
	}
	if n := f.reads.Load(); n != 7 {
		t.Errorf("%d files were read", n)
	}
	if len(events) != 8 || events[7].Done != 8 || !events[7].Complete || events[7].Bytes != s.Bytes || events[0].Path != filepath.Join(dir, "a.docx") {
		t.Errorf("events are %+v", events)
	}
	row, _, err := d.FileAt(context.Background(), filepath.Join(dir, "f.docx"))
	if err != nil || !strings.Contains(row.Reason, "index out of range") {
		t.Errorf("reason is %q, %v", row.Reason, err)
	}

	// Again: nothing is opened, nothing changes.
	before := digest(t, d)
	s = run(t, d, o)
	if s.Unchanged != 8 || f.reads.Load() != 7 || digest(t, d) != before {
		t.Errorf("summary is %+v, %d reads", s, f.reads.Load())
	}
	// With Verify all are hashed, and still none is read.
	o.Verify = true
	if s = run(t, d, o); s.Known != 8 || f.reads.Load() != 7 || digest(t, d) != before {
		t.Errorf("summary is %+v, %d reads", s, f.reads.Load())
	}
	o.Verify = false
	// A file that was touched is hashed; one with other bytes is read.
	later := time.Now().Add(time.Hour)
	if err := os.Chtimes(filepath.Join(dir, "a.docx"), later, later); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "e.docx"), "letter, a longer one")
	if s = run(t, d, o); s.Unchanged != 6 || s.Known != 1 || f.reads.Load() != 8 {
		t.Errorf("summary is %+v, %d reads", s, f.reads.Load())
	}
	if s = run(t, d, o); s.Unchanged != 8 {
		t.Errorf("summary is %+v", s)
	}
	sound(t, d)
}

func TestJobsDoNotShowInTheResult(t *testing.T) {
	dir := t.TempDir()
	mixed(t, dir, 120, 3)
	want := ""
	for jobs, batches := range map[int][]int{1: {7}, 2: {1, 1000}, 8: {7, 1000}} {
		for _, batch := range batches {
			d := newDB(t)
			f := &fakeReader{}
			o := options(f, dir)
			o.Jobs, o.Batch = jobs, batch
			o.Read = func(ctx context.Context, name string, r io.ReaderAt, size int64) (*document.Document, error) {
				time.Sleep(time.Duration(rand.IntN(300)) * time.Microsecond)
				return f.read(ctx, name, r, size)
			}
			s := run(t, d, o)
			got := digest(t, d) + ledger(t, d, dir) + fmt.Sprintf("%v %d %d", s.States, s.Added, s.Replaced)
			if want == "" {
				want = got
			}
			if got != want {
				t.Errorf("%d jobs, batches of %d: another result\n%s\n%s", jobs, batch, got, want)
			}
			sound(t, d)
		}
	}
	if !strings.Contains(want, " superseded ") || !strings.Contains(want, " duplicate ") {
		t.Errorf("the folder is too plain: %s", want)
	}
}

func TestRetry(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "a", "1.docx"), "scan 1")
	write(t, filepath.Join(dir, "a", "2.docx"), "scan 1")
	write(t, filepath.Join(dir, "b", "3.docx"), "broken 3")
	write(t, filepath.Join(dir, "b", "4.docx"), report("Xã A", "2023-05", "dossiers.received 5\n"))
	write(t, filepath.Join(dir, "c.zip"), string(zipOf(t, map[string]string{"x.docx": "scan 9", "y.docx": report("Xã B", "2023-05", "dossiers.received 5\n")})))
	missing := filepath.Join(dir, "later")
	d := newDB(t)
	f := &fakeReader{}
	o := options(f, dir, missing)
	o.Jobs = 1
	run(t, d, o)
	wantLedger(t, d, dir, `
		a/1.docx needs-ocr
		a/2.docx needs-ocr
		b/3.docx unreadable
		b/4.docx stored
		c.zip archive
		c.zip!/x.docx needs-ocr
		c.zip!/y.docx stored
		later unreadable
		`)
	// Still failing: attempts are counted.
	o.Retry, o.Paths = true, nil
	if s := run(t, d, o); s.Found != 5 || s.Failed() != 5 {
		t.Errorf("summary is %+v", s)
	}
	row, _, err := d.FileAt(context.Background(), filepath.Join(dir, "b", "3.docx"))
	if err != nil || row.Attempts != 2 {
		t.Errorf("%d attempts, %v", row.Attempts, err)
	}
	// With OCR, in one folder only.
	o.Read = func(ctx context.Context, name string, r io.ReaderAt, size int64) (*document.Document, error) {
		doc, err := f.read(ctx, name, r, size)
		if errors.Is(err, errScan) {
			data, _ := io.ReadAll(io.NewSectionReader(r, 0, size))
			b := bytes.NewReader([]byte(report("Xã "+string(data), "2023-05", "dossiers.received 7\n")))
			return f.read(ctx, name, b, b.Size())
		}
		return doc, err
	}
	o.Paths = []string{filepath.Join(dir, "a")}
	if s := run(t, d, o); s.Found != 2 || s.Added != 1 || s.Known != 1 {
		t.Errorf("summary is %+v", s)
	}
	write(t, filepath.Join(missing, "5.docx"), report("Xã C", "2023-05", "dossiers.received 5\n"))
	o.Paths = nil
	run(t, d, o)
	wantLedger(t, d, dir, `
		a/1.docx stored
		a/2.docx duplicate a/1.docx
		b/3.docx unreadable
		b/4.docx stored
		c.zip archive
		c.zip!/x.docx stored
		c.zip!/y.docx stored
		later folder
		later/5.docx stored
		`)
	sound(t, d)
}

func TestOverlappingPathsAreWalkedOnce(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "a", "1.docx"), "letter 1")
	write(t, filepath.Join(dir, "a-b", "2.docx"), "letter 2")
	d := newDB(t)
	s := run(t, d, options(&fakeReader{}, filepath.Join(dir, "a", "1.docx"), dir, filepath.Join(dir, "a"), filepath.Join(dir, "a-b", "2.docx"), dir))
	if s.Found != 2 {
		t.Errorf("summary is %+v", s)
	}
	write(t, filepath.Join(dir, "a", "0.docx"), "letter 0")
	s = run(t, d, options(&fakeReader{}, filepath.Join(dir, "a", "1.docx"), filepath.Join(dir, "a-b", "2.docx"), filepath.Join(dir, "a", "0.docx")))
	if s.Found != 3 || s.Unchanged != 2 {
		t.Errorf("summary is %+v", s)
	}
}

func TestCancelFinishesWhatIsInHand(t *testing.T) {
	dir := t.TempDir()
	mixed(t, dir, 60, 4)
	whole := newDB(t)
	run(t, whole, options(&fakeReader{}, dir))
	d := newDB(t)
	f := &fakeReader{}
	interrupted := 0
	for range 100 {
		ctx, cancel := context.WithCancel(context.Background())
		o := options(f, dir)
		left := atomic.Int64{}
		left.Store(3)
		o.Read = func(ctx context.Context, name string, r io.ReaderAt, size int64) (*document.Document, error) {
			if left.Add(-1) == 0 {
				cancel()
			}
			return f.read(ctx, name, r, size) // fails if its own context were cancelled
		}
		s, err := Run(ctx, d, o)
		cancel()
		if err != nil {
			t.Fatal(err)
		}
		sound(t, d)
		if !s.Interrupted {
			break
		}
		interrupted++
	}
	if interrupted < 5 {
		t.Errorf("only %d interruptions", interrupted)
	}
	if digest(t, d) != digest(t, whole) {
		t.Errorf("ledger is\n%swant\n%s", ledger(t, d, dir), ledger(t, whole, dir))
	}
}

func TestReaderThatIsSlowDoesNotHoldMemory(t *testing.T) {
	dir := t.TempDir()
	for i := range 300 {
		write(t, filepath.Join(dir, fmt.Sprintf("%03d.docx", i)), fmt.Sprintf("letter %d", i))
	}
	d := newDB(t)
	f := &fakeReader{}
	o := options(f, dir)
	o.Jobs = 2
	release := make(chan struct{})
	var ahead atomic.Int64
	o.Read = func(ctx context.Context, name string, r io.ReaderAt, size int64) (*document.Document, error) {
		if strings.HasSuffix(name, "000.docx") {
			<-release
		} else if ahead.Add(1) == 10 {
			time.AfterFunc(50*time.Millisecond, func() { close(release) })
		}
		return f.read(ctx, name, r, size)
	}
	atRelease := int64(0)
	o.Progress = func(e Event) {
		if e.Done == 1 {
			atRelease = ahead.Load()
		}
	}
	run(t, d, o)
	if atRelease > 8*2+2+2 {
		t.Errorf("%d files were read ahead of a slow one", atRelease)
	}
}

func TestTwoImportsAtOnce(t *testing.T) {
	dir := t.TempDir()
	for _, part := range []string{"a", "b", "c"} {
		mixed(t, filepath.Join(dir, part), 40, uint64(part[0]))
	}
	// What depends on the order of arrival is kept apart by unit names.
	for _, part := range []string{"a", "b", "c"} {
		if err := filepath.WalkDir(filepath.Join(dir, part), func(path string, e os.DirEntry, err error) error {
			if err != nil || e.IsDir() || strings.HasSuffix(path, ".zip") {
				return err
			}
			text, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			return os.WriteFile(path, []byte(strings.Replace(string(text), "report ", "report "+part, 1)+part), 0o600)
		}); err != nil {
			t.Fatal(err)
		}
		if part != "a" {
			if err := os.Remove(filepath.Join(dir, part, "kho.zip")); err != nil {
				t.Fatal(err)
			}
		}
	}
	paths := func(parts string) []string {
		var list []string
		for _, p := range parts {
			list = append(list, filepath.Join(dir, string(p)))
		}
		return list
	}
	one := newDB(t)
	run(t, one, options(&fakeReader{}, paths("abc")...))
	for range 3 {
		path := filepath.Join(t.TempDir(), "two.db")
		x, y := openDB(t, path), openDB(t, path)
		errs := make(chan error)
		for d, parts := range map[*db.DB]string{x: "ab", y: "bc"} {
			go func() {
				_, err := Run(context.Background(), d, options(&fakeReader{}, paths(parts)...))
				errs <- err
			}()
		}
		for range 2 {
			if err := <-errs; err != nil {
				t.Error(err)
			}
		}
		if digest(t, x) != digest(t, one) {
			t.Errorf("ledger is\n%swant\n%s", ledger(t, x, dir), ledger(t, one, dir))
		}
		sound(t, y)
	}
}

func TestFileThatChanges(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "1.docx")
	for _, c := range []struct {
		name   string
		change func() // while it is read
		want   db.State
	}{
		{"it grows", func() { write(t, path, "letter, and more") }, db.Pending},
		{"it is replaced", func() {
			write(t, path+".new", "letter 2")
			if err := os.Rename(path+".new", path); err != nil {
				t.Fatal(err)
			}
		}, db.Pending},
		{"it is removed", func() {
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
		}, db.Pending},
		{"nothing happens", func() {}, db.NotAReport},
	} {
		t.Run(c.name, func(t *testing.T) {
			write(t, path, "letter 1")
			old := time.Now().Add(-time.Hour)
			if err := os.Chtimes(path, old, old); err != nil {
				t.Fatal(err)
			}
			d := newDB(t)
			f := &fakeReader{}
			o := options(f, dir)
			o.Read = func(ctx context.Context, name string, r io.ReaderAt, size int64) (*document.Document, error) {
				c.change()
				return f.read(ctx, name, r, size)
			}
			if s := run(t, d, o); s.States[c.want] != 1 {
				t.Errorf("summary is %+v", s)
			}
			// The next import takes it in, if it is there.
			write(t, path, "letter 3")
			if s := run(t, d, options(f, dir)); s.Added != 1 {
				t.Errorf("summary is %+v", s)
			}
			sound(t, d)
		})
	}
}

func TestFileThatVanishesBeforeItIsOpened(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "1.docx"), "letter 1")
	d := newDB(t)
	o := options(&fakeReader{}, dir).withDefaults()
	var got item
	w := &walker{opt: o, db: d, archives: map[string]bool{}, emit: func(it item) error { got = it; return nil }}
	if err := w.walk(context.Background()); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(dir, "1.docx")); err != nil {
		t.Fatal(err)
	}
	p := &pipeline{opt: o, db: d, claimed: map[string]int{}}
	in := p.take(context.Background(), &task{item: got}, false)
	if in.State != db.Unreadable || in.SHA256 != "" || !strings.Contains(in.Reason, "1.docx") {
		t.Errorf("intake is %+v", in)
	}
}

func TestTooLargeFile(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "1.docx"), "letter 1")
	d := newDB(t)
	f := &fakeReader{}
	o := options(f, dir)
	o.MaxFile = 5
	run(t, d, o)
	before := digest(t, d)
	if s := run(t, d, o); s.States[db.Unreadable] != 1 || f.reads.Load() != 0 || digest(t, d) != before {
		t.Errorf("summary is %+v", s)
	}
	row, _, err := d.FileAt(context.Background(), filepath.Join(dir, "1.docx"))
	if err != nil || row.Attempts != 1 {
		t.Errorf("%d attempts, %v", row.Attempts, err)
	}
	o.MaxFile = 0
	if s := run(t, d, o); s.Added != 1 {
		t.Errorf("summary is %+v", s)
	}
}

// A file larger than what is kept in memory goes the other way through load.
func TestLargeFile(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "1.docx"), "letter "+strings.Repeat("x", keep))
	d := newDB(t)
	if s := run(t, d, options(&fakeReader{}, dir)); s.Added != 1 {
		t.Errorf("summary is %+v", s)
	}
	sound(t, d)
}

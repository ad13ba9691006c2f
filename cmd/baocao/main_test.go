package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mattn/go-runewidth"

	"baocao/extract/sandbox"
)

// TestMain lets the test binary be the worker process that an import starts, or
// the program itself.
func TestMain(m *testing.M) {
	if sandbox.IsWorker() {
		os.Exit(sandbox.Main(context.Background(), sentinels(), sandbox.ReadHandler(readOne)))
	}
	if os.Getenv(programVariable) != "" {
		main() // exits
	}
	os.Exit(m.Run())
}

// baocao runs the program as a user types it.
func baocao(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errOut bytes.Buffer
	code = run(t.Context(), args, &out, &errOut)
	return code, out.String(), errOut.String()
}

const archive = "../../testdata/archive"

func TestRun(t *testing.T) {
	file := filepath.Join(t.TempDir(), "d.db")
	code, out, errOut := baocao(t, "run", archive, "--db", file)
	if code != exitFine {
		t.Fatalf("exit %d: %s", code, errOut)
	}
	for _, want := range []string{"Xã Quang Khải", "Xã Quang Phục", "260", "253", "lệch 7", "2023-04", "thiếu IV", "dossiers.received"} {
		if !strings.Contains(out, want) {
			t.Errorf("the output lacks %q", want)
		}
	}
	for _, line := range strings.Split(out, "\n") {
		if strings.HasPrefix(line, "│") && runewidth.StringWidth(line) > 100 {
			t.Errorf("a table line is wider than 100 columns: %s", line)
		}
	}
	readmeIsTrue(t, "../../README.md", file, out)
	readmeIsTrue(t, "../../README.vi.md", file, out)
	// the same bytes again change nothing
	code, again, errOut := baocao(t, "import", archive, "--db", file)
	if code != exitFine || !strings.Contains(again, "không đổi") {
		t.Errorf("second import: exit %d, %s%s", code, again, errOut)
	}
	if code, out, _ := baocao(t, "db", "check", "--db", file); code != exitFine {
		t.Errorf("db check: exit %d: %s", code, out)
	}
	code, out, errOut = baocao(t, "compare", "2023-04", "2023-05", "--db", file, "--format", "csv")
	if code != exitFine || !strings.Contains(out, "226,239,13") {
		t.Errorf("compare: exit %d: %s%s", code, out, errOut)
	}
	if code, _, errOut := baocao(t, "trend", "dossiers.recieved", "--db", file); code != exitUsage || !strings.Contains(errOut, "dossiers.received") {
		t.Errorf("an unknown indicator: exit %d, %s", code, errOut)
	}
	if code, _, _ := baocao(t, "check", "--db", file, "--fail-on", "error"); code != exitFindings {
		t.Errorf("check --fail-on error: exit %d, want %d", code, exitFindings)
	}
}

func TestExtractJSON(t *testing.T) {
	path := "../../testdata/synth/hd-xa-quang-khai-2023-05.txt"
	code, out, errOut := baocao(t, "extract", path, "--format", "json")
	if code != exitFine {
		t.Fatalf("exit %d: %s", code, errOut)
	}
	var got extractJSON
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatal(err)
	}
	_, text, _ := baocao(t, "read", path)
	found := false
	for _, f := range got.Figures {
		found = found || f.Indicator == "dossiers.received" && f.Field == "" && f.Value == "239"
		for _, m := range f.Mentions {
			if text[m.Start:m.End] != m.Text {
				t.Errorf("%s: the span gives %q, the mention says %q", f.Indicator, text[m.Start:m.End], m.Text)
			}
		}
	}
	if !found || got.Report.Period != "2023-05" {
		t.Errorf("period %q, received found: %v", got.Report.Period, found)
	}
}

func TestBadInput(t *testing.T) {
	dir := t.TempDir()
	empty := filepath.Join(dir, "empty.docx")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	foreign := filepath.Join(dir, "foreign.db")
	if err := os.WriteFile(foreign, []byte("this is no database, only some text that is long enough to be looked at"), 0o600); err != nil {
		t.Fatal(err)
	}
	rules := filepath.Join(dir, "rules")
	if err := os.Mkdir(rules, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(rules, "x.yaml"), []byte("rules:\n  - id: a\n    wen: {obj: dossier}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args []string
		code int
		want string
	}{
		{[]string{"extract", empty}, exitSkipped, "empty"},
		{[]string{"import", filepath.Join(dir, "nothing"), "--db", filepath.Join(dir, "a.db")}, exitUsage, "không có tệp"},
		{[]string{"check", "--db", filepath.Join(dir, "none.db")}, exitFailed, "chưa có cơ sở dữ liệu"},
		{[]string{"status", "--db", foreign}, exitFailed, "foreign.db"},
		{[]string{"rules", "test", rules}, exitUsage, "x.yaml:3:5"},
		{[]string{"check", "--format", "xml"}, exitUsage, "table, csv"},
	} {
		code, _, errOut := baocao(t, c.args...)
		if code != c.code || !strings.Contains(errOut, c.want) {
			t.Errorf("%v: exit %d (want %d): %s", c.args, code, c.code, errOut)
		}
	}
}

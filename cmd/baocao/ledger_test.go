package main

import (
	"database/sql"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mattn/go-runewidth"
)

// put writes a file of a test.
func put(t *testing.T, path, text string) string {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// importedFolder is a folder of some files and the database they were imported into.
func importedFolder(t *testing.T) (dir, file string) {
	t.Helper()
	dir, file = t.TempDir(), filepath.Join(t.TempDir(), "d.db")
	put(t, filepath.Join(dir, "Xã An An", "Báo cáo tháng 5.txt"), smallReport(0, 5, 100))
	put(t, filepath.Join(dir, "Xã An An", "bản sao.txt"), smallReport(0, 5, 100))
	put(t, filepath.Join(dir, "Xã An An", "ke-hoach.txt"), strings.NewReplacer("BÁO CÁO\n", "KẾ HOẠCH\n", "/BC-", "/KH-").Replace(smallReport(0, 5, 200)))
	put(t, filepath.Join(dir, "hỏng một tệp có tên rất dài để xem bảng có vừa một trăm cột hay không.docx"), "PK\x03\x04 not to the end")
	put(t, filepath.Join(dir, "~$bao-cao.docx"), "x")
	code, out, errOut := baocao(t, "import", dir, "--db", file)
	if code != exitSkipped {
		t.Fatalf("exit %d: %s%s", code, out, errOut)
	}
	for _, want := range []string{"đã lưu", "trùng", "không phải báo cáo CCHC", "không đọc được", "loại tệp không hỗ trợ"} {
		if !strings.Contains(out, want) {
			t.Errorf("the summary lacks %q: %s", want, out)
		}
	}
	for _, want := range []string{"tệp hỏng; hãy mở bằng chương trình", "dấu tạm của Word", "5 tệp trong"} {
		if !strings.Contains(errOut, want) {
			t.Errorf("it does not say %q: %s", want, errOut)
		}
	}
	return dir, file
}

func TestStatusCommand(t *testing.T) {
	dir, file := importedFolder(t)
	_, out, errOut := baocao(t, "status", "--db", file)
	if !strings.Contains(out, "Tệp trong sổ") || !strings.Contains(errOut, "2 tệp cần xem lại") {
		t.Errorf("status says %s%s", out, errOut)
	}
	var s statusJSON
	_, out, _ = baocao(t, "status", "--db", file, "--format", "json")
	if err := json.Unmarshal([]byte(out), &s); err != nil || s.Files["stored"] != 1 || s.Files["not-a-report"] != 1 || s.OldRules != 0 || s.Reports["current"] != 1 {
		t.Errorf("status is %+v, %v", s, err)
	}
	_, out, _ = baocao(t, "status", "--failed", "--db", file)
	if strings.Count(out, "không đọc được") != 1 || !strings.Contains(out, "Trong "+dir) {
		t.Errorf("--failed says %s", out)
	}
	for line := range strings.Lines(out) {
		if strings.HasPrefix(line, "│") && runewidth.StringWidth(strings.TrimSpace(line)) > 100 {
			t.Errorf("a line is wider than 100 columns: %s", line)
		}
	}
	_, out, _ = baocao(t, "status", "--state", "not-a-report", "--db", file)
	if !strings.Contains(out, "ke-hoach.txt") || !strings.Contains(out, "là kế hoạch") {
		t.Errorf("--state not-a-report says %s", out)
	}
	// One file, with what each page was read by.
	one := filepath.Join(dir, "Xã An An", "Báo cáo tháng 5.txt")
	_, out, _ = baocao(t, "status", one, "--db", file)
	for _, want := range []string{"Trạng thái: đã lưu", "Bộ đọc: txt", "cả tệp: txt", "Số lần đọc: 1"} {
		if !strings.Contains(out, want) {
			t.Errorf("it lacks %q: %s", want, out)
		}
	}
	var f fileJSON
	_, out, _ = baocao(t, "status", one, "--db", file, "--format", "json")
	if err := json.Unmarshal([]byte(out), &f); err != nil || len(f.Pages) != 1 || f.Pages[0].Engine != "txt" || f.Attempts != 1 || f.RuleSet == "" {
		t.Errorf("the file is %+v, %v", f, err)
	}
	_, out, _ = baocao(t, "status", filepath.Join(dir, "Xã An An"), "--db", file, "--format", "json")
	if n := strings.Count(out, "\n"); n != 3 {
		t.Errorf("%d files of a folder: %s", n, out)
	}
	for _, args := range [][]string{{"status", "--state", "lost"}, {"status", filepath.Join(dir, "never")}} {
		if code, _, errOut := baocao(t, append(args, "--db", file)...); code == exitFine || errOut == "" {
			t.Errorf("%v: exit %d, %s", args, code, errOut)
		}
	}
}

func TestRetryCommand(t *testing.T) {
	dir, file := importedFolder(t)
	code, out, errOut := baocao(t, "retry", "--db", file)
	if code != exitSkipped || !strings.Contains(out, "không đọc được") {
		t.Errorf("exit %d: %s%s", code, out, errOut)
	}
	// The sender has sent the file again.
	broken, err := filepath.Glob(filepath.Join(dir, "hỏng*"))
	if err != nil || len(broken) != 1 {
		t.Fatal(broken, err)
	}
	if err := os.WriteFile(broken[0], docx(t, smallReport(1, 5, 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, out, errOut = baocao(t, "retry", "--db", file); code != exitFine || !strings.Contains(out, "đã lưu") {
		t.Errorf("exit %d: %s%s", code, out, errOut)
	}
	if _, out, _ = baocao(t, "retry", "--db", file); !strings.Contains(out, "Không có tệp nào cần đọc lại") {
		t.Errorf("it says %s", out)
	}
	none := filepath.Join(t.TempDir(), "none.db")
	if code, _, errOut = baocao(t, "retry", "--db", none); code != exitFailed || !strings.Contains(errOut, "chưa có cơ sở dữ liệu") {
		t.Errorf("exit %d: %s", code, errOut)
	}
	if _, err := os.Stat(none); err == nil {
		t.Error("a retry makes an empty database")
	}
}

// Rules of a user read a figure as another one, and back again.
func TestReprocessCommand(t *testing.T) {
	_, file := importedFolder(t)
	rules := t.TempDir()
	put(t, filepath.Join(rules, "own.yaml"), `rules:
  - id: dossiers-received
    when: {obj: dossier, act: receive}
    count: dossiers.received_online
    examples:
      - text: "Đã tiếp nhận 120 hồ sơ"
        want: {"dossiers.received_online": "120"}
      - text: "Mua mới 120 hồ sơ"
        want: none
`)
	before, _ := sound(t, file)
	code, out, errOut := baocao(t, "reprocess", "--db", file)
	if code != exitFine || !strings.Contains(errOut, "2 văn bản vốn đã theo bộ quy tắc này") {
		t.Errorf("exit %d: %s%s", code, out, errOut)
	}
	code, out, errOut = baocao(t, "reprocess", "--rules", rules, "--db", file)
	for _, want := range []string{"Báo cáo tháng 5.txt", "trong kỳ", "100", "Tổng cộng", "Tất cả"} {
		if !strings.Contains(out, want) {
			t.Errorf("it lacks %q: %s", want, out)
		}
	}
	if code != exitFine || strings.Contains(out, "ke-hoach") {
		t.Errorf("exit %d: %s%s", code, out, errOut)
	}
	if _, _, errOut := baocao(t, "status", "--db", file); !strings.Contains(errOut, "2 văn bản được trích bằng bộ quy tắc khác") {
		t.Errorf("status does not tell: %s", errOut)
	}
	code, out, errOut = baocao(t, "reprocess", "--db", file, "--format", "json")
	lines := strings.Split(strings.TrimSpace(out), "\n")
	var doc reprocessedJSON
	var s reprocessSummaryJSON
	if err := json.Unmarshal([]byte(lines[0]), &doc); err != nil || len(doc.Changes) == 0 || doc.Event != "document" {
		t.Errorf("%+v, %v", doc, err)
	}
	if err := json.Unmarshal([]byte(lines[len(lines)-1]), &s); err != nil || code != exitFine || s.Documents != 2 || s.Changed != 1 || s.Total.Added == 0 {
		t.Errorf("exit %d, %+v, %v: %s", code, s, err, errOut)
	}
	if after, _ := sound(t, file); after != before {
		t.Error("back under the first rules the database is another")
	}
}

func TestBackupCommand(t *testing.T) {
	dir, file := importedFolder(t)
	want, _ := sound(t, file)
	for i, args := range [][]string{{"backup"}, {"db", "backup"}} { // scripts of before call the second
		copied := filepath.Join(dir, string(rune('a'+i))+".db")
		code, _, errOut := baocao(t, append(args, copied, "--db", file)...)
		if code != exitFine || !strings.Contains(errOut, "đã sao lưu") {
			t.Errorf("%v: exit %d: %s", args, code, errOut)
		}
		if got, _ := sound(t, copied); got != want {
			t.Errorf("%v: the copy is another", args)
		}
	}
	for _, target := range []string{dir, file, filepath.Join(dir, "no", "x.db")} {
		if code, _, errOut := baocao(t, "backup", target, "--db", file); code == exitFine || errOut == "" {
			t.Errorf("%s: exit %d, %s", target, code, errOut)
		}
	}
}

func TestDatabasesThatCannotBeUsed(t *testing.T) {
	dir, file := importedFolder(t)
	pool, err := sql.Open("sqlite3", file)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	if _, err := pool.Exec(`PRAGMA user_version = 9999`); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"status"}, {"import", dir}, {"check"}, {"backup", filepath.Join(dir, "b.db")}} {
		code, _, errOut := baocao(t, append(args, "--db", file)...)
		if code != exitFailed || !strings.Contains(errOut, "phiên bản baocao mới hơn") {
			t.Errorf("%v: exit %d, %s", args, code, errOut)
		}
	}
}

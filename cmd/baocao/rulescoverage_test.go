// This file tests the commands about what the rules do not know.
package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"baocao/extract/rules"
)

const strangeReport = "ỦY BAN NHÂN DÂN\nXÃ TỨ KỲ\nSố: 41/BC-UBND\nTứ Kỳ, ngày 31 tháng 5 năm 2023\nBÁO CÁO\nCông tác cải cách hành chính tháng 5 năm 2023\n" +
	"I. KẾT QUẢ\nTrong tháng đã tiếp nhận 239 hồ sơ.\nBộ phận một cửa đón 120 vị khách quý ghé thăm xã.\n"

// importStrange makes a database of one report with a wording that no rule knows.
func importStrange(t *testing.T) (db string) {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "bao-cao.txt"), []byte(strangeReport), 0o600); err != nil {
		t.Fatal(err)
	}
	db = filepath.Join(t.TempDir(), "d.db")
	if code, _, errOut := baocao(t, "import", dir, "--db", db); code != exitFine {
		t.Fatalf("import: exit %d: %s", code, errOut)
	}
	return db
}

func TestRulesCoverage(t *testing.T) {
	db := importStrange(t)
	code, out, errOut := baocao(t, "rules", "coverage", "--db", db)
	if code != exitFine || !strings.Contains(out, "# vị khách quý") || !strings.Contains(out, "bao-cao.txt") {
		t.Fatalf("exit %d, %s%s", code, out, errOut)
	}
	if code, out, _ := baocao(t, "rules", "coverage", "--db", db, "--min", "2"); code != exitFine || strings.Contains(out, "khách") {
		t.Errorf("--min 2: exit %d, %s", code, out)
	}
	if code, _, _ := baocao(t, "rules", "coverage", "--db", db, "--min", "0"); code != exitUsage {
		t.Errorf("--min 0: exit %d", code)
	}
	if code, _, _ := baocao(t, "rules", "coverage", "--db", filepath.Join(t.TempDir(), "none.db")); code != exitFailed {
		t.Errorf("without a database: exit %d", code)
	}

	// The draft, put into a folder of rules, explains the number.
	code, draft, errOut := baocao(t, "rules", "draft", "--db", db)
	if code != exitFine || !strings.Contains(draft, "120 vị khách quý") {
		t.Fatalf("draft: exit %d, %s%s", code, draft, errOut)
	}
	own := t.TempDir()
	if err := os.WriteFile(filepath.Join(own, "moi.yaml"), []byte(draft), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, out, errOut := baocao(t, "rules", "test", own); code != exitFine {
		t.Errorf("rules test: exit %d, %s%s", code, out, errOut)
	}
	if code, out, _ := baocao(t, "rules", "coverage", "--db", db, "--rules", own); code != exitFine || strings.Contains(out, "khách") {
		t.Errorf("with the drafted rule: exit %d, %s", code, out)
	}
	if code, _, errOut := baocao(t, "rules", "draft", "99", "--db", db); code != exitUsage || !strings.Contains(errOut, "99") {
		t.Errorf("draft 99: exit %d, %s", code, errOut)
	}
	if code, _, errOut := baocao(t, "rules", "draft", "--db", db, "--rules", own); code != exitFine || !strings.Contains(errOut, "Không có") {
		t.Errorf("nothing to draft: exit %d, %s", code, errOut)
	}
}

func TestRulesExplain(t *testing.T) {
	path := filepath.Join(t.TempDir(), "bao-cao.txt")
	if err := os.WriteFile(path, []byte(strangeReport), 0o600); err != nil {
		t.Fatal(err)
	}
	code, out, errOut := baocao(t, "rules", "explain", path, "--at", "8")
	for _, want := range []string{`dòng 8: "239" là số liệu (dossiers-received)`, "obj=dossier act=receive", "dossiers.received = 239, độ tin cậy 0,", "vi/20-dossiers.yaml:"} {
		if code != exitFine || !strings.Contains(out, want) {
			t.Errorf("exit %d, the explanation lacks %q: %s%s", code, want, out, errOut)
		}
	}
	code, out, _ = baocao(t, "rules", "explain", path, "--at", "9", "--format", "json")
	var got explainedJSON
	if err := json.Unmarshal([]byte(out), &got); err != nil || code != exitFine {
		t.Fatalf("exit %d, %v: %s", code, err, out)
	}
	if got.Text != "120" || got.Class != "unexplained" || got.Line != 9 || strangeReport[got.Start:got.End] != "120" {
		t.Errorf("%+v", got)
	}
	if code, _, errOut := baocao(t, "rules", "explain", path, "--at", "99"); code != exitUsage || !strings.Contains(errOut, "99") {
		t.Errorf("a line that is not there: exit %d, %s", code, errOut)
	}
	if code, out, errOut := baocao(t, "rules", "explain", path, "--at", "1"); code != exitFine || out != "" || errOut == "" {
		t.Errorf("a line without numbers: exit %d, %q, %q", code, out, errOut)
	}
	a := &app{lang: "vi"}
	for d := rules.DoubtObjectFar; d <= rules.DoubtSecondFigure; d <<= 1 {
		if name := d.String(); a.doubtText(name) == name {
			t.Errorf("doubt %s has no words", name)
		}
	}
}

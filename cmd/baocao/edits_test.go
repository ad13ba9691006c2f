// This file tests edits of one's own and what the comparison of units shows.
package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const ownEdit = `- id: my-staff
  kind: subset
  severity: warning
  title: {vi: "Quá nhiều công chức", en: "Too many civil servants"}
  left: staff.civil_servants
  op: "<="
  right: staff.total
  pass: [{staff.civil_servants: 10, staff.total: 20}]
  fail: [{staff.civil_servants: 22, staff.total: 20, gap: 2}]
`

// folderOf makes a folder with one file of edits.
func folderOf(t *testing.T, edits string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "own.yaml"), []byte(edits), 0o644); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestOwnEdits(t *testing.T) {
	for _, c := range []struct {
		name, from, to string
		code           int
		want           string // FILE stands for the file
	}{
		{"good", "", "", exitFine, "đều đúng"},
		{"replaces one that is built in", "id: my-staff", "id: staff-part-staff-civil-servants", exitFine, "đều đúng"},
		{"fixture does not fail", "staff.civil_servants: 22", "staff.civil_servants: 12", exitUsage, "FILE:9: my-staff: must fail, but passes"},
		{"unknown indicator", "right: staff.total", "right: staff.totl", exitUsage, `FILE:7:10: rule my-staff: unknown indicator "staff.totl" (did you mean "staff.total"?)`},
		{"contradicts a built-in edit", "left: staff.civil_servants\n  op: \"<=\"\n  right: staff.total", "left: staff.civil_servants\n  op: \">=\"\n  right: \"staff.total + 1\"", exitUsage,
			"FILE:1:3: rule my-staff: edit can never hold together with staff-"},
		{"no YAML", "- id: my-staff", "- id: [", exitUsage, "FILE:"},
	} {
		dir := folderOf(t, strings.Replace(ownEdit, c.from, c.to, 1))
		code, out, errOut := baocao(t, "check", "--test", "--edits", dir)
		want := strings.ReplaceAll(c.want, "FILE", filepath.Join(dir, "own.yaml"))
		if code != c.code || !strings.Contains(out+errOut, want) {
			t.Errorf("%s: exit %d, %s%s, want %d and %q", c.name, code, out, errOut, c.code, want)
		}
	}
	if code, _, errOut := baocao(t, "check", "--test", "--edits", filepath.Join(t.TempDir(), "none")); code != exitUsage || !strings.Contains(errOut, "none") {
		t.Errorf("no folder: exit %d, %s", code, errOut)
	}
	if code, _, errOut := baocao(t, "check", "--test", "--edits", t.TempDir()); code != exitUsage || !strings.Contains(errOut, "no *.yaml file") {
		t.Errorf("an empty folder: exit %d, %s", code, errOut)
	}
	if code, out, errOut := baocao(t, "check", "--test", "--lang", "en"); code != exitFine || !strings.Contains(out, "all do what they say") {
		t.Errorf("built-in fixtures: exit %d, %s%s", code, out, errOut)
	}
}

// An edit of one's own is used by the check.
func TestOwnEditChecks(t *testing.T) {
	edit := strings.NewReplacer("right: staff.total", `right: "3"`, "staff.civil_servants: 10", "staff.civil_servants: 2", "staff.civil_servants: 22", "staff.civil_servants: 5").Replace(ownEdit)
	db := archiveDB(t)
	_, plain, _ := baocao(t, "check", "--db", db, "--format", "json")
	code, out, errOut := baocao(t, "check", "--db", db, "--format", "json", "--edits", folderOf(t, edit))
	if code != exitFine || strings.Contains(plain, "my-staff") || !strings.Contains(out, "my-staff") {
		t.Errorf("exit %d: %s", code, errOut)
	}
}

func TestWindowConventions(t *testing.T) {
	db := archiveDB(t)
	for _, bad := range []string{"from-31", "from-", "month", "Tỉnh Hải Dương=monat", "from-1x"} {
		if code, _, errOut := baocao(t, "check", "--db", db, "--windows", bad); code != exitUsage || !strings.Contains(errOut, bad) {
			t.Errorf("%s: exit %d, %s", bad, code, errOut)
		}
	}
	_, of, _ := baocao(t, "check", "--db", db, "--format", "json", "--windows", "Tỉnh Hải Dương=from-21")
	_, other, _ := baocao(t, "check", "--db", db, "--format", "json", "--windows", "Tỉnh Nghệ An=from-21")
	if n, m := strings.Count(of, `"check":"window-`), strings.Count(other, `"check":"window-`); n <= m {
		t.Errorf("%d findings about windows where the province counts from the 21st, %d where another one does", n, m)
	}
}

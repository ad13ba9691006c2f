package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/mattn/go-runewidth"
)

// checked gives a database of the archive whose findings are stored.
func checked(t *testing.T) string {
	t.Helper()
	file := archiveDB(t)
	if code, _, errOut := baocao(t, "check", "--db", file, "--by", "unit"); code != exitFine {
		t.Fatalf("check: exit %d: %s", code, errOut)
	}
	return file
}

// findings lists what is stored, by "check unit period".
func findings(t *testing.T, file string, args ...string) map[string]findingJSON {
	t.Helper()
	code, out, errOut := baocao(t, append([]string{"findings", "list", "--db", file, "--format", "json"}, args...)...)
	if code != exitFine {
		t.Fatalf("findings list: exit %d: %s", code, errOut)
	}
	list := map[string]findingJSON{}
	for _, line := range strings.Split(strings.TrimSpace(out), "\n") {
		var f findingJSON
		if line == "" {
			continue
		}
		if err := json.Unmarshal([]byte(line), &f); err != nil {
			t.Fatal(err)
		}
		key := f.Check + " " + f.Unit + " " + f.Period
		if _, ok := list[key]; !ok {
			list[key] = f
		}
	}
	return list
}

// do runs a command that must succeed.
func do(t *testing.T, file string, args ...string) string {
	t.Helper()
	code, out, errOut := baocao(t, append(args, "--db", file)...)
	if code != exitFine {
		t.Fatalf("%v: exit %d: %s", args, code, errOut)
	}
	return out
}

var times = regexp.MustCompile(`\d{2}/\d{2}/\d{4} \d{2}:\d{2}|\d{4}-\d{2}-\d{2} \d{2}:\d{2}|"when":"[^"]*"`)

// timeless leaves out what differs from run to run: times and folders.
func timeless(t *testing.T, s string) string {
	t.Helper()
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	return times.ReplaceAllString(strings.ReplaceAll(s, root+string(filepath.Separator), ""), "TIME")
}

const (
	balanceKey   = "dossier-balance Xã Quang Khải 2023-05"
	headingKey   = "heading-gap Xã Quang Khải 2023-05"
	partsKey     = "resolved-parts Xã Quang Phục 2023-05"
	twoValuesKey = "two-values Xã Quang Phục 2023-05"
)

// TestFindingsLife follows four findings: one the office accepts, one dismissed,
// one corrected and one that closes with it; through new imports, new rules, new
// checks and a re-issued report.
func TestFindingsLife(t *testing.T) {
	file := checked(t)
	before := findings(t, file)
	balance, heading, parts := before[balanceKey], before[headingKey], before[partsKey]
	if balance.ID == "" || heading.ID == "" || parts.ID == "" || before[twoValuesKey].ID == "" {
		t.Fatalf("findings are missing: %v", before)
	}
	if len(balance.Short) < 6 || !strings.HasPrefix(balance.ID, balance.Short) || balance.State != "open" {
		t.Errorf("finding is %+v", balance)
	}
	do(t, file, "findings", "accept", balance.Short, "--by-whom", "Lan")
	do(t, file, "findings", "dismiss", "#"+strings.ToUpper(heading.Short), "--by-whom", "Lan", "--reason", "mục IV gộp vào III")
	out := do(t, file, "findings", "correct", parts.Short, "dossiers.resolved=292:229", "--by-whom", "Minh", "--reason", "xã xác nhận")
	for _, want := range []string{"229 (báo cáo in 292)", "mâu thuẫn này không còn", "cũng không còn: " + before[twoValuesKey].Short} {
		if !strings.Contains(out, want) {
			t.Errorf("correct does not say %q: %s", want, out)
		}
	}
	holds := func(what string) {
		t.Helper()
		list := findings(t, file, "--all")
		for key, want := range map[string]string{balanceKey: "accepted", headingKey: "dismissed", partsKey: "corrected", twoValuesKey: "open"} {
			if f := list[key]; f.State != want || f.Reopened || f.ID != before[key].ID {
				t.Errorf("after %s %s is %s (reopened %v)", what, key, f.State, f.Reopened)
			}
		}
		if active := findings(t, file); active[partsKey].ID != "" || active[twoValuesKey].ID != "" {
			t.Errorf("after %s the corrected figure is still found wrong", what)
		}
		if out := do(t, file, "trend", "dossiers.resolved", "--unit", "Xã Quang Phục", "--format", "csv"); !strings.Contains(out, ",229,") || strings.Contains(out, ",292,") || !strings.Contains(out, "trong báo cáo in 292, sửa thành 229") {
			t.Errorf("after %s the trend is %s", what, out)
		}
		if out := do(t, file, "explain", parts.Short); !strings.Contains(out, "Đã giải quyết: 292 HS") {
			t.Errorf("after %s the printed value is gone: %s", what, out)
		}
	}
	holds("the decisions")
	do(t, file, "import", archive, "--verify")
	do(t, file, "reprocess", "--all")
	do(t, file, "check", "--by", "unit")
	holds("a new import, reading again and a new check")

	// What check shows of them.
	_, out, errOut := baocao(t, "check", "--db", file, "--unit", "Xã Quang Khải", "--period", "2023-05")
	if strings.Contains(out, heading.Short) || !strings.Contains(errOut, "1 mâu thuẫn đã bác bỏ") || !strings.Contains(out, "cơ quan") {
		t.Errorf("check prints %s%s", out, errOut)
	}
	for state, key := range map[string]string{"dismissed": headingKey, "accepted": balanceKey, "corrected": partsKey} {
		if out := do(t, file, "check", "--state", state); !strings.Contains(out, before[key].Short) || strings.Contains(out, before[twoValuesKey].Short) {
			t.Errorf("check --state %s prints %s", state, out)
		}
	}

	// The trail, in both languages.
	for _, lang := range []string{"vi", "en"} {
		same(t, "findings-trail."+lang+".txt", timeless(t, do(t, file, "findings", "trail", parts.Short, "--lang", lang, "--width", "100")))
		same(t, "findings-list."+lang+".txt", timeless(t, do(t, file, "findings", "list", "--all", "--unit", "Xã Quang Phục", "--period", "2023-05", "--lang", lang, "--width", "100")))
		same(t, "explain-corrected."+lang+".txt", timeless(t, do(t, file, "explain", parts.Short, "--lang", lang, "--width", "100")))
	}

	// A re-issued report with other numbers opens what was decided about the old.
	text := do(t, file, "read", filepath.Join(archive, "2023-05", "quang-khai.pdf"))
	reissue := strings.Replace(text, "Đã tiếp nhận 239 hồ sơ", "Đã tiếp nhận 238 hồ sơ", 1)
	if reissue == text {
		t.Fatal("the sentence is not in the report")
	}
	reissue = strings.Replace(reissue, "58/BC-UBND", "61/BC-UBND", 1)
	path := filepath.Join(t.TempDir(), "quang-khai-2023-05.txt")
	if err := os.WriteFile(path, []byte(reissue), 0o600); err != nil {
		t.Fatal(err)
	}
	do(t, file, "import", path)
	do(t, file, "check", "--by", "unit")
	after := findings(t, file)
	if f := after[balanceKey]; f.ID != balance.ID || f.State != "open" || !f.Reopened || f.Left != "259" {
		t.Errorf("after a re-issue the balance is %+v", f)
	}
	if f := after[headingKey]; f.State != "dismissed" || f.Reopened {
		t.Errorf("after a re-issue the heading is %s", f.State)
	}
	if out := do(t, file, "explain", balance.Short); !strings.Contains(out, "260 (239 + 21) ≠ 253") || !strings.Contains(out, "mở lại") {
		t.Errorf("explain does not say why it is open again: %s", out)
	}

	// Undo is a step of its own.
	out = do(t, file, "findings", "reopen", parts.Short, "--by-whom", "Lan")
	if !strings.Contains(out, "trước đó: đã đính chính, Minh") {
		t.Errorf("reopen prints %s", out)
	}
	if out := do(t, file, "trend", "dossiers.resolved", "--unit", "Xã Quang Phục"); !strings.Contains(out, "≠") {
		t.Errorf("the trend is %s", out)
	}
	var steps []stepJSON
	for _, line := range strings.Split(strings.TrimSpace(do(t, file, "findings", "trail", parts.Short, "--format", "json")), "\n") {
		var s stepJSON
		if err := json.Unmarshal([]byte(line), &s); err != nil {
			t.Fatal(err)
		}
		steps = append(steps, s)
	}
	if len(steps) != 2 || steps[0].State != "corrected" || steps[1].State != "open" || steps[1].Who != "Lan" || steps[0].When.IsZero() {
		t.Errorf("trail is %+v", steps)
	}
	if out := do(t, file, "db", "check"); !strings.Contains(out, "tốt") {
		t.Errorf("db check: %s", out)
	}
}

// TestRepairsAsCorrections takes the suggestion that explain numbers.
func TestRepairsAsCorrections(t *testing.T) {
	file := checked(t)
	f := findings(t, file)["dossier-balance Xã Quang Phục 2023-06"]
	out := do(t, file, "findings", "correct", f.Short, "--repair", "1", "--by-whom", "Lan")
	if !strings.Contains(out, "Hồ sơ kỳ trước chuyển sang: 16 (báo cáo in 14)") || !strings.Contains(out, "mâu thuẫn này không còn") {
		t.Errorf("correct prints %s", out)
	}
	for _, other := range []string{"dossier-total", "dossier-total-channels", "two-values"} {
		if g := findings(t, file)[other+" Xã Quang Phục 2023-06"]; g.ID != "" {
			t.Errorf("%s is still found", other)
		}
	}
}

// TestCorrectionInAnotherReport corrects the period before, where a continuity
// finding is its fault.
func TestCorrectionInAnotherReport(t *testing.T) {
	file := checked(t)
	f := findings(t, file)["carried-over-continuity Xã Tứ Kỳ 2025-10"]
	if f.ID == "" {
		t.Fatal("the archive has no such finding")
	}
	code, _, errOut := baocao(t, "findings", "correct", f.Short, "dossiers.in_process=333:323", "--db", file, "--by-whom", "Lan")
	if code != exitUsage {
		t.Errorf("the figure of another report is corrected in this one: exit %d, %s", code, errOut)
	}
	out := do(t, file, "findings", "correct", f.Short, "dossiers.in_process=333:323", "--in-period", "2025-09", "--by-whom", "Lan")
	if !strings.Contains(out, "mâu thuẫn này không còn") {
		t.Errorf("correct prints %s", out)
	}
	if out := do(t, file, "trend", "dossiers.in_process", "--unit", "Xã Tứ Kỳ", "--period", "2025-09", "--format", "csv"); !strings.Contains(out, "323") {
		t.Errorf("the trend is %s", out)
	}
}

// TestTwoDeciders lets two programs decide about one finding at once.
func TestTwoDeciders(t *testing.T) {
	file := checked(t)
	f := findings(t, file)[balanceKey]
	const each = 8
	var wg sync.WaitGroup
	failed := make(chan string, 2*each)
	for _, args := range [][]string{{"accept", f.Short, "--by-whom", "Lan"}, {"dismiss", f.Short, "--by-whom", "Minh", "--reason", "làm tròn"}} {
		wg.Go(func() {
			for range each {
				var out, errOut strings.Builder
				if code := run(t.Context(), append(append([]string{"findings"}, args...), "--db", file), &out, &errOut); code != exitFine {
					failed <- errOut.String()
				}
			}
		})
	}
	wg.Wait()
	close(failed)
	for text := range failed {
		t.Error(text)
	}
	lines := strings.Split(strings.TrimSpace(do(t, file, "findings", "trail", f.Short, "--format", "json")), "\n")
	if len(lines) != 2*each {
		t.Errorf("%d steps of %d", len(lines), 2*each)
	}
	var last stepJSON
	if err := json.Unmarshal([]byte(lines[len(lines)-1]), &last); err != nil {
		t.Fatal(err)
	}
	if now := findings(t, file)[balanceKey]; now.State != last.State || now.Decision.Who != last.Who {
		t.Errorf("%+v holds, the last step is %+v", now.Decision, last)
	}
}

func TestFindingsBadInput(t *testing.T) {
	file := checked(t)
	f := findings(t, file)[partsKey]
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"findings", "accept", "zzzzzz"}, "không có mâu thuẫn"},
		{[]string{"findings", "accept", f.Short, "zzzzzz"}, "không có mâu thuẫn"},
		{[]string{"findings", "accept", ""}, "không có mâu thuẫn"},
		{[]string{"findings", "dismiss", f.Short}, "--reason"},
		{[]string{"findings", "dismiss", f.Short, "--reason", "  "}, "--reason"},
		{[]string{"findings", "correct", f.Short}, "CHỈ_TIÊU=SỐ"},
		{[]string{"findings", "correct", f.Short, "dossiers.resolved"}, "dossiers.resolved=292:229"},
		{[]string{"findings", "correct", f.Short, "dossiers.resolvd=229"}, "dossiers.resolved"},
		{[]string{"findings", "correct", f.Short, "dossiers.resolved=229"}, "292"},
		{[]string{"findings", "correct", f.Short, "dossiers.resolved=300:229"}, "292"},
		{[]string{"findings", "correct", f.Short, "dossiers.resolved=292:229,5"}, "số đếm"},
		{[]string{"findings", "correct", f.Short, "dossiers.resolved=292:22.9"}, "cách Việt Nam"},
		{[]string{"findings", "correct", f.Short, "dossiers.resolved=292:-1"}, "số đếm"},
		{[]string{"findings", "correct", f.Short, "dossiers.resolved=292:292"}, "292"},
		{[]string{"findings", "correct", f.Short, "--repair", "99"}, "--repair 99"},
		{[]string{"findings", "correct", f.Short, "dossiers.resolved=292:229", "--in-period", "1999-01"}, "1999-01"},
		{[]string{"findings", "list", "--state", "perhaps"}, "accepted"},
		{[]string{"check", "--state", "perhaps"}, "accepted"},
		{[]string{"check", "--by", "colour"}, "colour"},
		{[]string{"check", "--severity", "grave"}, "grave"},
		{[]string{"explain", "zzzzzz"}, "findings list"},
	} {
		code, _, errOut := baocao(t, append(c.args, "--db", file)...)
		if code != exitUsage || !strings.Contains(errOut, c.want) {
			t.Errorf("%v: exit %d: %s", c.args, code, errOut)
		}
	}
	// Nothing of that was decided.
	for key, g := range findings(t, file, "--all") {
		if g.State != "open" || g.Decision != nil {
			t.Errorf("%s is %s", key, g.State)
		}
	}
}

func TestPlainNumber(t *testing.T) {
	for _, c := range []struct{ lang, in, want string }{
		{"vi", "229", "229"}, {"vi", "1.312", "1312"}, {"vi", "99,71", "99.71"}, {"vi", "1.312.500,5", "1312500.5"}, {"vi", "-3", "-3"},
		{"vi", "1312", "1312"}, {"vi", "99.71", ""}, {"vi", "1,312.5", ""}, {"vi", "", ""}, {"vi", "1.31", ""}, {"vi", "12 hồ sơ", ""},
		{"en", "1,312", "1312"}, {"en", "99.71", "99.71"}, {"en", "99,71", ""}, {"en", "1.312,5", ""},
	} {
		got, err := (&app{lang: c.lang}).plainNumber(c.in)
		if (err != nil) != (c.want == "") || got != c.want {
			t.Errorf("%s %q is %q, %v", c.lang, c.in, got, err)
		}
	}
}

func TestPeriodWords(t *testing.T) {
	for in, want := range map[string]string{"2023-05": "tháng 5 năm 2023", "2023-01": "tháng 01 năm 2023", "2023-12": "tháng 12 năm 2023", "2023-Q3": "quý III năm 2023",
		"2023-H1": "6 tháng đầu năm 2023", "2023-9M": "9 tháng đầu năm 2023", "2023": "năm 2023", "2026-W04": "tuần 4 năm 2026",
		"2023-05-01/2023-05-20": "từ ngày 1/5/2023 đến ngày 20/5/2023", "?": "?"} {
		if got := periodWords(in); got != want {
			t.Errorf("%s is %q, want %q", in, got, want)
		}
	}
}

// TestExplain looks at one finding of each kind that has a layout of its own.
func TestExplain(t *testing.T) {
	file := checked(t)
	list := findings(t, file)
	for name, key := range map[string]string{
		"balance": balanceKey, "two-values": twoValuesKey, "date": "older-than-source Xã Quang Khải 2023-05",
		"share": "payment-rate Xã Tứ Kỳ 2025-10", "continuity": "procedures-continuity Xã Quang Khải 2023-06",
	} {
		f, ok := list[key]
		if !ok {
			t.Errorf("the archive has no %s", key)
			continue
		}
		for _, lang := range []string{"vi", "en"} {
			out := timeless(t, do(t, file, "explain", f.Short, "--lang", lang, "--width", "100"))
			same(t, "explain-"+name+"."+lang+".txt", out)
			for _, line := range strings.Split(out, "\n") {
				if runewidth.StringWidth(line) > 100 {
					t.Errorf("%s: a line is %d wide: %s", name, runewidth.StringWidth(line), line)
				}
			}
		}
	}
	var got explanationJSON
	if err := json.Unmarshal([]byte(do(t, file, "explain", list[balanceKey].Short, "--format", "json")), &got); err != nil {
		t.Fatal(err)
	}
	if got.ID != list[balanceKey].ID || len(got.Terms) != 5 || len(got.Quotes) == 0 || got.Demand == "" || len(got.Also) == 0 || got.Reason == "" {
		t.Errorf("explained as %+v", got)
	}
	for _, q := range got.Quotes {
		for _, m := range q.Marks {
			if strings.Trim(q.Text[m[0]:m[1]], "0123456789.,%/") != "" {
				t.Errorf("%q is marked in %q", q.Text[m[0]:m[1]], q.Text)
			}
		}
	}
}

func TestSummaries(t *testing.T) {
	file := checked(t)
	list := findings(t, file)
	do(t, file, "findings", "dismiss", list[headingKey].Short, "--reason", "mục IV gộp vào III", "--by-whom", "Lan")
	golden(t, file, "check-by-check", "check", "--by", "check", "--unit", "Xã Quang Khải", "--period", "2023-05", "--severity", "warning")
	for _, by := range []string{"unit", "period"} {
		same(t, "check-by-"+by+".vi.txt", do(t, file, "check", "--by", by, "--unit", "Xã Quang Khải", "--severity", "error", "--width", "100"))
	}
}

func TestFailOnOverlooksDismissed(t *testing.T) {
	file := checked(t)
	args := []string{"check", "--unit", "Xã Quang Khải", "--period", "2023-06", "--fail-on", "error", "--db", file}
	if code, _, _ := baocao(t, args...); code != exitFindings {
		t.Fatalf("exit %d", code)
	}
	ids := []string{}
	for key, f := range findings(t, file, "--unit", "Xã Quang Khải", "--period", "2023-06", "--severity", "error") {
		if strings.HasSuffix(key, "2023-06") {
			ids = append(ids, f.Short)
		}
	}
	slices.Sort(ids)
	do(t, file, append([]string{"findings", "dismiss", "--reason", "thử", "--by-whom", "Lan"}, ids...)...)
	if code, out, errOut := baocao(t, args...); code != exitFine {
		t.Errorf("exit %d: %s%s", code, out, errOut)
	}
	if code, _, errOut := baocao(t, args...); code != exitFine || !strings.Contains(errOut, fmt.Sprint(len(ids))) {
		t.Errorf("exit %d: %s", code, errOut)
	}
}

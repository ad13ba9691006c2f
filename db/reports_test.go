package db

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// archive stores two communes, three months each, one report without a unit.
func archive(t testing.TB, d *DB) {
	var list []Intake
	for _, unit := range []string{"Xã Quang Phục", "Xã Quang Khải"} {
		for _, period := range []string{"2023-06", "2023-04", "2023-05"} {
			s := may()
			s.unit, s.period, s.number = unit, period, ""
			list = append(list, s.intake(t, "/"+unit+"/"+period+".docx"))
		}
	}
	s := may()
	s.unit, s.period = "", ""
	list = append(list, s.intake(t, "/lạ.docx"))
	other := may()
	other.kind = TypeOther
	list = append(list, other.intake(t, "/quyết định.docx"))
	put(t, d, list...)
}

func TestCheckInputsAreByUnitAndPeriod(t *testing.T) {
	d := openNew(t)
	archive(t, d)
	var got []string
	for group, err := range d.CheckInputs(context.Background(), Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		line := ""
		for _, r := range group {
			line += r.Unit + " " + r.Period + " "
			if r.Unit != "" && len(r.Parents) == 0 {
				t.Errorf("no units above %s", r.Unit)
			}
			if r.Text == "" || len(r.Figures) != 2 || r.SHA256 == "" || !strings.HasPrefix(r.File, "/") {
				t.Errorf("input is %+v", r)
			}
		}
		got = append(got, line)
	}
	want := []string{"  ", "Xã Quang Khải 2023-04 Xã Quang Khải 2023-05 Xã Quang Khải 2023-06 ",
		"Xã Quang Phục 2023-04 Xã Quang Phục 2023-05 Xã Quang Phục 2023-06 "}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	groups := 0
	for range d.CheckInputs(context.Background(), Filter{}) {
		groups++
		break
	}
	for group := range d.CheckInputs(context.Background(), Filter{Units: []string{"Xã Quang Phục"}, Periods: []string{"2023-05", "2023-06"}}) {
		if groups++; len(group) != 2 {
			t.Errorf("%d reports", len(group))
		}
	}
	if groups != 2 {
		t.Errorf("%d groups", groups)
	}
}

func TestFilters(t *testing.T) {
	d := openNew(t)
	ctx := context.Background()
	archive(t, d)
	for _, c := range []struct {
		filter Filter
		want   int
	}{
		{Filter{}, 7},
		{Filter{Other: true}, 8},
		{Filter{Old: true}, 7},
		{Filter{Units: []string{"Xã Quang Khải"}}, 3},
		{Filter{Units: []string{"Xã Nào Đó"}}, 0},
		{Filter{Periods: []string{"2023-05"}}, 2},
		{Filter{Types: []string{"plan"}}, 0},
		{Filter{IDs: []int64{1, 2}}, 2},
		{Filter{SHA256: []string{"x"}}, 0},
	} {
		if got := must[[]ReportInfo](t)(d.Reports(ctx, c.filter)); len(got) != c.want {
			t.Errorf("%+v gives %d reports", c.filter, len(got))
		}
		if got := must[[]Point](t)(d.Points(ctx, PointFilter{Filter: c.filter, Spans: []string{"period"}, Fields: []string{""},
			Indicators: []string{"dossiers.received"}})); c.want < 8 && len(got) != c.want {
			t.Errorf("%+v gives %d points", c.filter, len(got))
		}
	}
	points := must[[]Point](t)(d.Points(ctx, PointFilter{Filter: Filter{Units: []string{"Xã Quang Phục"}}}))
	var got []string
	for _, p := range points {
		got = append(got, p.Unit+" "+p.Period+" "+p.Indicator+" "+p.Value)
	}
	want := []string{"Xã Quang Phục 2023-04 dossiers.received 239", "Xã Quang Phục 2023-04 dossiers.resolved 235",
		"Xã Quang Phục 2023-05 dossiers.received 239", "Xã Quang Phục 2023-05 dossiers.resolved 235",
		"Xã Quang Phục 2023-06 dossiers.received 239", "Xã Quang Phục 2023-06 dossiers.resolved 235"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for _, c := range []struct {
		filter FileFilter
		want   int
	}{
		{FileFilter{}, 8}, {FileFilter{States: []State{NotAReport, Pending}}, 1}, {FileFilter{Under: "/Xã Quang Khải"}, 3},
		{FileFilter{Under: "/Xã Quang"}, 0}, {FileFilter{Path: "/lạ.docx"}, 1}, {FileFilter{Under: "/lạ.docx"}, 1},
	} {
		if got := must[[]File](t)(d.Files(ctx, c.filter)); len(got) != c.want {
			t.Errorf("%+v gives %d files", c.filter, len(got))
		}
	}
	if _, err := d.Report(ctx, 999); !errors.Is(err, ErrUnknown) {
		t.Errorf("an unknown report gives %v", err)
	}
	if _, err := d.Document(ctx, 999); !errors.Is(err, ErrUnknown) {
		t.Errorf("an unknown document gives %v", err)
	}
}

func TestKnownNamesAndStatus(t *testing.T) {
	d := openNew(t)
	ctx := context.Background()
	archive(t, d)
	if diff := cmp.Diff([]KnownName{{"2023-04", 2}, {"2023-05", 2}, {"2023-06", 2}}, must[[]KnownName](t)(d.Periods(ctx))); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]KnownName{{"dossiers.received", 7}, {"dossiers.resolved", 7}}, must[[]KnownName](t)(d.Indicators(ctx))); diff != "" {
		t.Error(diff)
	}
	var units []string
	for _, u := range must[[]Unit](t)(d.Units(ctx)) {
		units = append(units, u.Label)
	}
	if !slices.Equal(units, []string{"Xã Quang Khải", "Xã Quang Phục"}) {
		t.Errorf("units are %v", units)
	}
	want := Status{Files: map[State]int{Stored: 7, NotAReport: 1}, Documents: 8, Reports: map[string]int{"current": 7, "other": 1},
		Units: 2, Periods: 3, Figures: 14, Unexplained: 7, Findings: map[string]int{}, Decisions: map[string]int{},
		RuleSets: map[string]int{"rules-1": 8}, NoUnit: 1, NoPeriod: 1}
	if diff := cmp.Diff(want, must[Status](t)(d.Status(ctx))); diff != "" {
		t.Error(diff)
	}
}

func TestBackup(t *testing.T) {
	d := openNew(t)
	ctx := context.Background()
	archive(t, d)
	file := filepath.Join(t.TempDir(), "bản sao.db")
	if err := os.WriteFile(file, []byte("the backup of last week"), 0o600); err != nil {
		t.Fatal(err)
	}
	// While another document is being written.
	tx, err := d.w.Begin()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec(`DELETE FROM corrections; INSERT INTO units (name) VALUES ('half')`); err != nil {
		t.Fatal(err)
	}
	if err := d.Backup(ctx, file); err != nil {
		t.Fatal(err)
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	exec(t, d, `DELETE FROM units WHERE name = 'half'`)
	copied, err := Open(ctx, file, Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer copied.Close()
	sound(t, copied)
	if digest(t, copied) != digest(t, d) {
		t.Error("the copy differs")
	}
	left, err := filepath.Glob(filepath.Join(filepath.Dir(file), "*.tmp*"))
	if err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	if err := d.Backup(ctx, d.Path()); err == nil {
		t.Error("the database was replaced by its backup")
	}
	if err := d.Backup(ctx, filepath.Join(t.TempDir(), "no", "x.db")); !errors.Is(err, ErrMissing) {
		t.Errorf("a missing folder gives %v", err)
	}
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	if err := d.Backup(cancelled, file); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled backup gives %v", err)
	}
}

func TestCheckFindsWhatIsBroken(t *testing.T) {
	for _, c := range []struct{ name, damage, want string }{
		{"a span outside the text", `UPDATE mentions SET end = 100000 WHERE figure = 0`, "lies outside its text"},
		{"a span beside the number", `UPDATE mentions SET start = start + 1, end = end + 1 WHERE figure = 0`, "the text there is"},
		{"another snippet", `UPDATE mentions SET snippet = 'Đã có 999 hồ sơ' WHERE figure = 0`, "its snippet"},
		{"a date", `UPDATE report_dates SET text = '1/1' WHERE ord = 0`, "the text there is"},
		{"a heading", `UPDATE report_headings SET end = 100000`, "lies outside its text"},
		{"a figure printed nowhere", `DELETE FROM mentions WHERE figure = 1`, "is printed nowhere"},
		{"a lost text", `DELETE FROM document_texts`, "has no text"},
		{"a damaged text", `UPDATE document_texts SET text = x'00112233'`, "unpack text"},
		{"another text", `UPDATE documents SET text_size = 1`, "instead of 1"},
		{"a lost report", `DELETE FROM reports`, "has no report"},
		{"a lost path", `UPDATE files SET path = '/x'`, "no path of the ledger"},
		{"another document", `UPDATE files SET sha256 = '` + strings.Repeat("0", 64) + `'`, "its bytes are not those"},
		{"another state", `UPDATE files SET state = 'superseded'`, "is superseded but"},
		{"figures of no report", `UPDATE reports SET state = 'other'`, "although it is no report"},
		{"an orphan", `PRAGMA foreign_keys = 0; UPDATE reports SET unit_id = 99`, "not in units"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := openNew(t)
			put(t, d, may().intake(t, "/may"))
			sound(t, d)
			exec(t, d, c.damage)
			problems, err := d.Check(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			if !slices.ContainsFunc(problems, func(p Problem) bool { return strings.Contains(p.String(), c.want) }) {
				t.Errorf("problems are %v", problems)
			}
		})
	}
}

func TestDigestLeavesOutTimesAndOrder(t *testing.T) {
	a, b := openNew(t), openNew(t)
	june := may()
	june.period = "2023-06"
	put(t, a, may().intake(t, "/may"), june.intake(t, "/june"))
	put(t, b, june.intake(t, "/june"))
	put(t, b, may().intake(t, "/may"))
	if digest(t, a) != digest(t, b) {
		t.Error("order or time shows")
	}
	exec(t, b, `UPDATE mentions SET line = line + 1 WHERE report_id = 1 AND figure = 0`)
	if digest(t, a) == digest(t, b) {
		t.Error("a changed line does not show")
	}
}

// Units whose names differ in marks only are named, those of other places or types
// are not; nothing is put together.
func TestUnitsAlike(t *testing.T) {
	d := openNew(t)
	var intakes []Intake
	for i, u := range []struct {
		unit, district string
	}{{"Xã Quang Khải", "Huyện Tứ Kỳ"}, {"Xã Quang Khái", "Huyện Tứ Kỳ"}, {"Thị trấn Quang Khai", "Huyện Tứ Kỳ"}, {"Xã Quang Khai", "Huyện Khác"}, {"Xã Quang Phục", "Huyện Tứ Kỳ"}} {
		s := may()
		s.unit, s.parents, s.extra = u.unit, []string{u.district, "Tỉnh Hải Dương"}, string(rune('a'+i))
		intakes = append(intakes, s.intake(t, "/"+s.extra))
	}
	put(t, d, intakes...)
	s := must[Status](t)(d.Status(context.Background()))
	if want := []Alike{{"Xã Quang Khái", "Xã Quang Khải"}}; !cmp.Equal(s.Alike, want) || s.Units != 5 {
		t.Errorf("alike are %+v, of %d units", s.Alike, s.Units)
	}
}

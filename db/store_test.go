package db

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"baocao/extract/document"
	"baocao/extract/rules"
	"baocao/normalize"
)

func TestImportedReportComesBackAsItWas(t *testing.T) {
	d := openNew(t)
	sent := may()
	sent.month, sent.doubts = "2023-05", []document.Doubt{{Start: 3, End: 6, Confidence: 0.5}}
	doc, report := sent.document()
	out := put(t, d, sent.intake(t, "/a/may.docx"))
	if want := []Outcome{{Path: "/a/may.docx", State: Stored, DocumentID: 1, New: true}}; !cmp.Equal(out, want) {
		t.Fatal(cmp.Diff(want, out))
	}
	infos := must[[]ReportInfo](t)(d.Reports(context.Background(), Filter{}))
	if len(infos) != 1 {
		t.Fatalf("got %d reports", len(infos))
	}
	got := must[*StoredReport](t)(d.Report(context.Background(), infos[0].ID))
	if got.Text != doc.Text {
		t.Errorf("text is %q", got.Text)
	}
	// Explained numbers are counted, not stored one by one.
	report.Numbers = report.Numbers[:1]
	if diff := cmp.Diff(report, got.Report); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(map[string]int{"unexplained": 1, "reference": 1}, got.Counts); diff != "" {
		t.Error(diff)
	}
	back, err := d.Document(context.Background(), infos[0].DocumentID)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(doc, back); diff != "" {
		t.Error(diff)
	}
	if infos[0].Figures != 2 || infos[0].Unexplained != 1 || infos[0].Unit != "Xã Quang Khải" {
		t.Errorf("info is %+v", infos[0])
	}
	sound(t, d)
}

func TestSameBytesChangeNothing(t *testing.T) {
	d := openNew(t)
	put(t, d, may().intake(t, "/a/may.docx"))
	before := digest(t, d)
	for range 2 {
		out := put(t, d, may().intake(t, "/a/may.docx"))
		if out[0].New || out[0].State != Stored {
			t.Errorf("outcome is %+v", out[0])
		}
	}
	if digest(t, d) != before {
		t.Error("the database has changed")
	}
	// Under another path only the ledger grows, also when it was not read.
	again := may().intake(t, "/b/copy.docx")
	again.Document, again.Report = nil, nil
	put(t, d, again)
	wantStates(t, d, "/a/may.docx stored", "/b/copy.docx duplicate /a/may.docx")
	sound(t, d)
}

func TestReissueSupersedes(t *testing.T) {
	first := may()
	for _, c := range []struct {
		name  string
		other func(*sample)
		want  []string
	}{
		{"later date", func(s *sample) { s.date, s.values = "2023-06-02", map[string]string{"dossiers.received": "240"} },
			[]string{"/1 superseded /2", "/2 stored"}},
		{"earlier date", func(s *sample) { s.date, s.values = "2023-05-30", map[string]string{"dossiers.received": "240"} },
			[]string{"/1 stored", "/2 superseded /1"}},
		{"higher number on the same day", func(s *sample) { s.number, s.values = "60/BC-UBND", map[string]string{"dossiers.received": "240"} },
			[]string{"/1 superseded /2", "/2 stored"}},
		{"lower number on the same day", func(s *sample) { s.number, s.values = "9/BC-UBND", map[string]string{"dossiers.received": "240"} },
			[]string{"/1 stored", "/2 superseded /1"}},
		{"same number and date, came later", func(s *sample) { s.values = map[string]string{"dossiers.received": "240"} },
			[]string{"/1 superseded /2", "/2 stored"}},
		{"the same in another file form", func(s *sample) { s.extra = "(PDF)" },
			[]string{"/1 stored", "/2 duplicate /1"}},
		{"a scan of it, misread", func(s *sample) { s.engine, s.values = "ocr", map[string]string{"dossiers.received": "289"} },
			[]string{"/1 stored", "/2 duplicate /1"}},
		{"a scan of it, its number misread too", func(s *sample) {
			s.engine, s.number, s.values = "ocr", "88/BC-UBND", map[string]string{"dossiers.received": "289"}
		}, []string{"/1 stored", "/2 duplicate /1"}},
		{"a scan of a re-issue", func(s *sample) {
			s.engine, s.number, s.date, s.values = "ocr", "60/BC-UBND", "2023-06-02", map[string]string{"dossiers.received": "240"}
		}, []string{"/1 superseded /2", "/2 stored"}},
		{"the PDF of it, laid out so that it was misread", func(s *sample) { s.engine, s.values = "pdf", map[string]string{"dossiers.received": "9"} },
			[]string{"/1 stored", "/2 duplicate /1"}},
		{"a PDF under another number", func(s *sample) {
			s.engine, s.number, s.values = "pdf", "60/BC-UBND", map[string]string{"dossiers.received": "9"}
		},
			[]string{"/1 superseded /2", "/2 stored"}},
		{"the same figures under a new number", func(s *sample) { s.extra, s.number = "(lại)", "61/BC-UBND" },
			[]string{"/1 superseded /2", "/2 stored"}},
		{"no figure in common", func(s *sample) { s.values = map[string]string{"staff.total": "20"} },
			[]string{"/1 stored", "/2 stored"}},
		{"another period", func(s *sample) { s.period = "2023-06" }, []string{"/1 stored", "/2 stored"}},
		{"another unit", func(s *sample) { s.unit = "Xã Quang Phục" }, []string{"/1 stored", "/2 stored"}},
		{"another type", func(s *sample) { s.kind = "plan" }, []string{"/1 stored", "/2 stored"}},
		{"the period unknown", func(s *sample) { s.period = "" }, []string{"/1 stored", "/2 stored"}},
		{"no report", func(s *sample) { s.kind = "other" }, []string{"/1 stored", "/2 not-a-report"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := openNew(t)
			second := may()
			c.other(&second)
			put(t, d, first.intake(t, "/1"))
			out := put(t, d, second.intake(t, "/2"))
			wantStates(t, d, c.want...)
			replaced := strings.HasPrefix(c.want[0], "/1 superseded")
			if replaced != (len(out[0].Replaced) == 1) {
				t.Errorf("replaced is %v", out[0].Replaced)
			}
			old := must[[]ReportInfo](t)(d.Reports(context.Background(), Filter{Old: true, Other: true}))
			if len(old) != 2 {
				t.Errorf("%d reports are kept", len(old))
			}
			sound(t, d)
		})
	}
}

// Which of two file forms stays does not depend on which came first.
func TestBetterFormStays(t *testing.T) {
	for _, c := range []struct {
		name  string
		first func(*sample)
	}{
		{"the scan came first", func(s *sample) { s.engine = "ocr" }},
		{"the PDF came first", func(s *sample) { s.engine = "pdf" }},
		{"a scan without number and date", func(s *sample) { s.engine, s.number, s.date = "ocr", "", "" }},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := openNew(t)
			first := may()
			first.values = map[string]string{"dossiers.received": "289"}
			c.first(&first)
			put(t, d, first.intake(t, "/1.pdf"), may().intake(t, "/2.docx"))
			wantStates(t, d, "/1.pdf duplicate /2.docx", "/2.docx stored")
			f, _, err := d.FileAt(context.Background(), "/1.pdf")
			if err != nil || f.Reason != ReasonSameReport+", read with other figures" {
				t.Errorf("reason is %q, %v", f.Reason, err)
			}
			sound(t, d)
		})
	}
}

// A report that is read much worse replaces no better one; where both say that
// they are different reports, both stay and are told.
func TestBrokenCopyReplacesNothing(t *testing.T) {
	full := may()
	full.values = map[string]string{"dossiers.received": "239", "dossiers.resolved": "235", "dossiers.in_process": "17", "dossiers.carried_over": "21",
		"staff.total": "20", "procedures.total": "154"}
	cut := full
	cut.values = map[string]string{"dossiers.received": "239", "staff.total": "2"}
	empty := full
	empty.values = map[string]string{}
	damaged := full
	damaged.values = map[string]string{"dossiers.received": "239", "dossiers.resolved": "235", "dossiers.in_process": "17", "staff.total": "20"}
	damaged.warnings = []string{"page 2 was not read: the file is damaged inside this page, part of it is lost: ask the sender for the file again"}
	another := cut
	another.number, another.date = "60/BC-UBND", "2023-06-02"
	appendix := full
	appendix.values = map[string]string{"ecertification.copies": "5"}
	for _, c := range []struct {
		name          string
		first, second sample
		want          []string
		rivals        int
	}{
		{"cut off, came later", full, cut, []string{"/1 stored", "/2 duplicate /1"}, 0},
		{"cut off, came first", cut, full, []string{"/1 duplicate /2", "/2 stored"}, 0},
		{"nothing was read", full, empty, []string{"/1 stored", "/2 duplicate /1"}, 0},
		{"nothing was read, came first", empty, full, []string{"/1 duplicate /2", "/2 stored"}, 0},
		{"a damaged file, came later", full, damaged, []string{"/1 stored", "/2 duplicate /1"}, 0},
		{"a damaged file, came first", damaged, full, []string{"/1 duplicate /2", "/2 stored"}, 0},
		{"a short one of a later date", full, another, []string{"/1 stored", "/2 stored"}, 1},
		{"a short one of a later date, came first", another, full, []string{"/1 stored", "/2 stored"}, 1},
		{"an appendix under the same number", full, appendix, []string{"/1 stored", "/2 stored"}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := openNew(t)
			c.second.extra = "(2)"
			put(t, d, c.first.intake(t, "/1"))
			put(t, d, c.second.intake(t, "/2"))
			wantStates(t, d, c.want...)
			s := must[Status](t)(d.Status(context.Background()))
			if len(s.Rivals) != c.rivals || c.rivals > 0 && s.Rivals[0] != (Rivals{"Xã Quang Khải", "2023-05", "/1", "/2"}) {
				t.Errorf("rivals are %+v", s.Rivals)
			}
			if want := len(c.first.warnings) + len(c.second.warnings); s.Incomplete != want {
				t.Errorf("%d read in part, want %d", s.Incomplete, want)
			}
			sound(t, d)
		})
	}
}

func TestReasonOfReissue(t *testing.T) {
	for _, c := range []struct {
		second func(*sample)
		want   string
	}{
		{func(s *sample) { s.date = "2023-06-02" }, ", of a later date"},
		{func(s *sample) { s.number = "60/BC-UBND" }, ", with a higher number"},
		{func(s *sample) { s.number, s.date = "", "" }, ", which came later"},
	} {
		d := openNew(t)
		second := may()
		second.values = map[string]string{"dossiers.received": "240"}
		c.second(&second)
		put(t, d, may().intake(t, "/1"), second.intake(t, "/2"))
		f, _, err := d.FileAt(context.Background(), "/1")
		if err != nil || f.Reason != ReasonReissue+c.want {
			t.Errorf("reason is %q, %v; want %q", f.Reason, err, c.want)
		}
	}
}

func TestReissueInTwoForms(t *testing.T) {
	d := openNew(t)
	pdf := may()
	pdf.extra = "(PDF)"
	second := may()
	second.number, second.date, second.values = "60/BC-UBND", "2023-06-02", map[string]string{"dossiers.received": "241"}
	secondPDF := second
	secondPDF.extra = "(PDF)"
	put(t, d, may().intake(t, "/1.docx"), pdf.intake(t, "/1.pdf"), second.intake(t, "/2.docx"), secondPDF.intake(t, "/2.pdf"))
	wantStates(t, d, "/1.docx superseded /2.docx", "/1.pdf duplicate /1.docx", "/2.docx stored", "/2.pdf duplicate /2.docx")
	sound(t, d)
}

func TestUnitWithoutParents(t *testing.T) {
	d := openNew(t)
	short := may()
	short.parents, short.period = nil, "2023-04"
	put(t, d, short.intake(t, "/short"))
	if u := must[[]Unit](t)(d.Units(context.Background())); len(u) != 1 || u[0].Label != "Xã Quang Khải" || u[0].Parents != nil {
		t.Fatalf("units are %+v", u)
	}
	put(t, d, may().intake(t, "/full"))
	// The short name can only mean the full one.
	u := must[[]Unit](t)(d.Units(context.Background()))
	if len(u) != 1 || u[0].Reports != 2 || len(u[0].Parents) != 2 {
		t.Fatalf("units are %+v", u)
	}
	// A re-issue without the names of the units above still replaces.
	again := may()
	again.parents, again.date, again.values = []string{"Tỉnh Hải Dương"}, "2023-06-03", map[string]string{"dossiers.received": "1"}
	put(t, d, again.intake(t, "/again"))
	wantStates(t, d, "/again stored", "/full superseded /again", "/short stored")
	// A second commune of that name makes the short name ambiguous.
	other := may()
	other.parents = []string{"Huyện Khác", "Tỉnh Khác"}
	put(t, d, other.intake(t, "/other"))
	u = must[[]Unit](t)(d.Units(context.Background()))
	var labels []string
	for _, x := range u {
		labels = append(labels, x.Label)
	}
	want := []string{"Xã Quang Khải", "Xã Quang Khải (Huyện Khác, Tỉnh Khác)", "Xã Quang Khải (Huyện Tứ Kỳ, Tỉnh Hải Dương)"}
	if diff := cmp.Diff(want, labels); diff != "" {
		t.Error(diff)
	}
	wantStates(t, d, "/again stored", "/full superseded /again", "/other stored", "/short stored")
	sound(t, d)
}

func TestFailuresAreInTheLedger(t *testing.T) {
	d := openNew(t)
	bad := Intake{Path: "/bad.pdf", Fingerprint: Fingerprint{Size: 3}, SHA256: hashOf("bad"), State: Unreadable, Reason: "cut off"}
	put(t, d, bad)
	copied := bad
	copied.Path, copied.State, copied.Reason = "/copy.pdf", "", ""
	out := put(t, d, copied)
	if out[0].State != Unreadable || out[0].Reason != "cut off" {
		t.Errorf("outcome is %+v", out[0])
	}
	never := Intake{Path: "/never.pdf", SHA256: hashOf("never")}
	if out := put(t, d, never); !out[0].Unread {
		t.Errorf("outcome is %+v", out[0])
	}
	wantStates(t, d, "/bad.pdf unreadable", "/copy.pdf unreadable")
	// A better reader reads it: the copy has the document too.
	good := may().intake(t, "/bad.pdf")
	good.SHA256 = bad.SHA256
	put(t, d, good)
	wantStates(t, d, "/bad.pdf stored", "/copy.pdf duplicate /bad.pdf")
	f, _, err := d.FileAt(context.Background(), "/bad.pdf")
	if err != nil || f.Attempts != 2 {
		t.Errorf("%d attempts, %v", f.Attempts, err)
	}
	sound(t, d)
}

func TestChangedFile(t *testing.T) {
	d := openNew(t)
	june := may()
	june.period, june.number, june.date = "2023-06", "70/BC-UBND", "2023-06-30"
	put(t, d, may().intake(t, "/report.docx"), may().intake(t, "/z.docx"))
	put(t, d, june.intake(t, "/report.docx"))
	// The old report is still there, and another path stands for it now.
	wantStates(t, d, "/report.docx stored", "/z.docx stored")
	if r := must[[]ReportInfo](t)(d.Reports(context.Background(), Filter{})); len(r) != 2 || r[0].Period != "2023-05" {
		t.Errorf("reports are %+v", r)
	}
	// A file that cannot be opened keeps what was read from it.
	put(t, d, Intake{Path: "/report.docx", Fingerprint: Fingerprint{Size: -1}, State: Unreadable, Reason: "no permission"})
	f, _, err := d.FileAt(context.Background(), "/report.docx")
	if err != nil || f.State != Stored || !strings.Contains(f.Reason, "no permission") {
		t.Errorf("file is %+v, %v", f, err)
	}
	// With other bytes that cannot be read it does not.
	put(t, d, Intake{Path: "/report.docx", SHA256: hashOf("x"), State: Unreadable, Reason: "cut off"})
	wantStates(t, d, "/report.docx unreadable", "/z.docx stored")
	sound(t, d)
}

func TestWhatCannotBeStoredIsRecorded(t *testing.T) {
	d := openNew(t)
	broken := may().intake(t, "/broken")
	broken.Report.Figures[0].Value = "1.234,5"
	june := may()
	june.period = "2023-06"
	put(t, d, broken, june.intake(t, "/june"))
	wantStates(t, d, "/broken unreadable", "/june stored")
	f, _, err := d.FileAt(context.Background(), "/broken")
	if err != nil || !strings.Contains(f.Reason, "1.234,5") {
		t.Errorf("reason is %q, %v", f.Reason, err)
	}
	sound(t, d)
}

func TestValuesAreDecimals(t *testing.T) {
	d := openNew(t)
	for value, ok := range map[string]bool{"0": true, "-3": true, "99.71": true, "-0.5": true, "123456789012345678901": true,
		"": false, "-": false, ".5": false, "5.": false, "-.5": false, "1.2.3": false, "1,5": false, "1-2": false, "--1": false,
		"1e3": false, " 1": false, "+1": false} {
		if isDecimal(value) != ok {
			t.Errorf("isDecimal(%q) is %v", value, !ok)
		}
		in := may().intake(t, "/"+value)
		in.SHA256 = hashOf(value)
		in.Report.Period = value
		in.Report.Figures = []normalize.Figure{{Indicator: "x", Span: rules.Period, Value: value}}
		if out := put(t, d, in); (out[0].State == Stored) != ok {
			t.Errorf("value %q: %s %s", value, out[0].State, out[0].Reason)
		}
	}
}

func TestReplace(t *testing.T) {
	d := openNew(t)
	ctx := context.Background()
	june := may()
	june.period, june.date = "2023-06", "2023-06-30"
	put(t, d, may().intake(t, "/may"), june.intake(t, "/june"))
	docs := must[[]StoredDocument](t)(d.Documents(ctx))
	_, r := may().document()
	r.Figures[1].Value = "236"
	r.Figures = append(r.Figures, normalize.Figure{Indicator: "staff.total", Span: rules.YTD, Value: "20",
		Mentions: []normalize.Mention{{Parent: -1}}})
	changes := must[[]Change](t)(d.Replace(ctx, []Replacement{{docs[0].ReportID, r, "rules-2", ""}}))
	want := []Change{{Figures: []FigureChange{{"dossiers.resolved", "", "period", "235", "236"}, {"staff.total", "", "ytd", "", "20"}}}}
	if diff := cmp.Diff(want, changes); diff != "" {
		t.Error(diff)
	}
	// Newer rules see that the second document is for May too, and of another number
	// and day, of a unit with nothing above it.
	_, r = june.document()
	r.Period, r.Number, r.Date, r.DateMonth, r.Parents = "2023-05", "61/BC-UBND", "", "2023-07", nil
	changes = must[[]Change](t)(d.Replace(ctx, []Replacement{{docs[1].ReportID, r, "rules-2", ""}}))
	want = []Change{{Head: []HeadChange{{"unit", strings.Join(append([]string{june.unit}, june.parents...), ", "), june.unit}, {"period", "2023-06", "2023-05"},
		{"number", june.number, "61/BC-UBND"}, {"date", "2023-06-30", "2023-07"}}}}
	if diff := cmp.Diff(want, changes); diff != "" {
		t.Error(diff)
	}
	wantStates(t, d, "/june stored", "/may superseded /june")
	// And older ones again that it is not.
	r.Period = "2023-06"
	must[[]Change](t)(d.Replace(ctx, []Replacement{{docs[1].ReportID, r, "rules-1", ""}}))
	wantStates(t, d, "/june stored", "/may stored")
	r.Type = TypeOther
	must[[]Change](t)(d.Replace(ctx, []Replacement{{docs[1].ReportID, r, "rules-1", ""}}))
	wantStates(t, d, "/june not-a-report", "/may stored")
	s := must[Status](t)(d.Status(ctx))
	if s.RuleSets["rules-2"] != 1 || s.RuleSets["rules-1"] != 1 || s.Files[NotAReport] != 1 || s.Total() != 2 {
		t.Errorf("status is %+v", s)
	}
	if _, err := d.Replace(ctx, []Replacement{{99, r, "", ""}}); !errors.Is(err, ErrUnknown) {
		t.Errorf("an unknown report gives %v", err)
	}
	sound(t, d)
}

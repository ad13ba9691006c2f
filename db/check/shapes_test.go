// This file tests the ways in which offices report: archives of a year with
// quarters, figures only for the year to date, only rates, corrections. No error may
// come from reading those.

package check

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"baocao/extract/rules"
	"baocao/normalize"
)

// yearOf makes the twelve months of a year, each following from the one before,
// and the reports for the quarters, half years, nine months and the year.
func yearOf(seed uint64) (months []*month, longer []Report) {
	r, style := rand.New(rand.NewPCG(seed, 21)), seed
	var before *month
	for range 12 {
		m := make1(r, rand.New(rand.NewPCG(style, 22)), before)
		months = append(months, m)
		before = m
	}
	id := int64(100)
	sum := func(period string, from, to int) {
		rep := made(period, "", func(r *normalize.Report) {
			for _, key := range []string{"dossiers.received", "dossiers.resolved", "dossiers.carried_over", "dossiers.in_process", "dossiers.resolved_late"} {
				v := 0
				for i := from; i <= to; i++ {
					v += months[i].val[key]
				}
				switch key {
				case "dossiers.carried_over":
					v = months[from].val[key]
				case "dossiers.in_process":
					v = months[to].val[key]
				}
				figure(r, key, v)
			}
		})
		id++
		rep.ID, rep.Number = id, fmt.Sprint(id)+"/BC-UBND"
		longer = append(longer, rep)
	}
	for q := range 4 {
		sum(fmt.Sprintf("2023-Q%d", q+1), 3*q, 3*q+2)
	}
	sum("2023-H1", 0, 5)
	sum("2023-9M", 0, 8)
	sum("2023", 0, 11)
	return months, longer
}

func inOrder(months []*month, longer []Report) []Report {
	var out []Report
	for i, m := range months {
		out = append(out, m.report(int64(i+1), fmt.Sprintf("2023-%02d", i+1)))
	}
	return append(out, longer...)
}

func TestYearOfReports(t *testing.T) {
	s := defaultSet(t)
	for seed := range uint64(40) {
		months, longer := yearOf(seed)
		for _, f := range s.Check(context.Background(), inOrder(months, longer), Options{}) {
			if f.Severity != Info {
				t.Errorf("seed %d: %s %s %s: %s", seed, f.Severity, f.Check, f.Period, f.Message)
			}
		}
		// One longer period that is not the sum of its months.
		at := int(seed) % len(longer)
		fig := &longer[at].Figures[int(seed)%3] // received, resolved or carried over
		fig.Value += "1"
		found := false
		for _, f := range s.Check(context.Background(), inOrder(months, longer), Options{}) {
			found = found || f.Check == "period-sum" && f.Period == longer[at].Period && f.Figures[0].Indicator == fig.Indicator
		}
		if !found {
			t.Errorf("seed %d: %s of %s is not found", seed, fig.Indicator, longer[at].Period)
		}
	}
}

// A month that does not follow from the one before is found, whichever it is.
func TestYearContinuity(t *testing.T) {
	s := defaultSet(t)
	for seed := range uint64(24) {
		months, _ := yearOf(seed)
		at := 1 + int(seed)%11
		for i := range months[at].slots {
			if sl := &months[at].slots[i]; sl.key == "dossiers.carried_over" {
				sl.value = fmt.Sprint(months[at].val[sl.key] + 3)
			}
		}
		period := fmt.Sprintf("2023-%02d", at+1)
		found := slices.ContainsFunc(s.Check(context.Background(), inOrder(months, nil), Options{}), func(f Finding) bool {
			return f.Check == "carried-over-continuity" && f.Period == period && f.Severity == Error
		})
		if !found {
			t.Errorf("seed %d: %s is not found", seed, period)
		}
	}
}

// spanned adds a figure of another span.
func spanned(r *normalize.Report, ind string, span rules.Span, value int) {
	figure(r, ind, value)
	r.Figures[len(r.Figures)-1].Span = span
}

func TestShapesOfReports(t *testing.T) {
	s := defaultSet(t)
	month := func(n int, change func(r *normalize.Report)) Report {
		rep := made(fmt.Sprintf("2023-%02d", n), "", change)
		rep.ID = int64(n)
		rep.Number = fmt.Sprint(10+n) + "/BC-UBND"
		return rep
	}
	toDate := func(n, received, resolved int) Report {
		return month(n, func(r *normalize.Report) {
			spanned(r, "dossiers.received", rules.YTD, received)
			spanned(r, "dossiers.resolved", rules.YTD, resolved)
			figure(r, "dossiers.in_process", received+9-resolved)
		})
	}
	counted := func(n, carried, received, resolved int) Report {
		return month(n, func(r *normalize.Report) {
			figure(r, "dossiers.carried_over", carried)
			figure(r, "dossiers.received", received)
			figure(r, "dossiers.resolved", resolved)
			figure(r, "dossiers.in_process", carried+received-resolved)
		})
	}
	rates := func(n int, rate string) Report {
		return month(n, func(r *normalize.Report) {
			for _, ind := range []string{"dossiers.resolved_on_time_rate", "online.rate", "payment.online_rate"} {
				figure(r, ind, 0)
				f := &r.Figures[len(r.Figures)-1]
				f.Value, f.Decimals = rate, 2
			}
		})
	}
	numbered := func(r Report, number string) Report {
		r.Number = number
		return r
	}
	for _, c := range []struct {
		name    string
		reports []Report
		want    string
	}{
		{"year to date only", []Report{toDate(1, 100, 95), toDate(2, 215, 210), toDate(3, 340, 331)}, ""},
		{"year to date falls", []Report{toDate(1, 100, 95), toDate(2, 215, 210), toDate(3, 140, 131)}, "ytd-falls-dossiers-received error, ytd-falls-dossiers-resolved error"},
		{"year to date starts again", []Report{made("2022-12", "", func(r *normalize.Report) { spanned(r, "dossiers.received", rules.YTD, 900) }), toDate(1, 100, 95)}, ""},
		{"figures for the year to date that are not called so", []Report{counted(1, 9, 100, 95), counted(2, 9, 215, 210), counted(3, 9, 340, 331)}, ""},
		{"only rates", []Report{rates(1, "99.71"), rates(2, "98.05")}, ""},
		{"a correction in the same month", []Report{counted(1, 9, 100, 95), numbered(counted(2, 14, 110, 104), "12/BC-UBND"), numbered(counted(2, 14, 120, 104), "13/BC-UBND"), counted(3, 30, 100, 98)}, ""},
		{"quarters follow each other", []Report{made("2023-Q1", "", func(r *normalize.Report) { figure(r, "dossiers.in_process", 12) }),
			made("2023-Q2", "", func(r *normalize.Report) { figure(r, "dossiers.carried_over", 12) })}, ""},
		{"quarters do not follow each other", []Report{made("2023-Q1", "", func(r *normalize.Report) { figure(r, "dossiers.in_process", 12) }),
			made("2023-Q2", "", func(r *normalize.Report) { figure(r, "dossiers.carried_over", 21) })}, "carried-over-continuity error"},
		{"a month is no neighbour of a quarter", []Report{made("2023-Q1", "", func(r *normalize.Report) { figure(r, "dossiers.in_process", 12) }), counted(4, 7, 100, 95)}, ""},
		{"targets and comparisons are no figures of the period", []Report{month(5, func(r *normalize.Report) {
			figure(r, "dossiers.received", 100)
			spanned(r, "dossiers.resolved", rules.Previous, 300)
			spanned(r, "dossiers.resolved_on_time_rate", rules.Target, 100)
			figure(r, "dossiers.resolved", 80)
			figure(r, "dossiers.resolved_on_time", 80)
		})}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			fs := s.Check(context.Background(), c.reports, Options{MinSeverity: Warning})
			if got := checks(fs); got != c.want {
				t.Errorf("got %q, want %q: %+v", got, c.want, fs)
			}
		})
	}
}

// TestArchive checks the sample archive as it lies on disk, Word and PDF mixed.
func TestArchive(t *testing.T) {
	set, err := rules.Default()
	if err != nil {
		t.Fatal(err)
	}
	paths, err := filepath.Glob("../../testdata/archive/*/*.*")
	if err != nil || len(paths) < 8 {
		t.Fatalf("%d files, %v", len(paths), err)
	}
	slices.Sort(paths)
	by := map[string][]Report{}
	text := map[int64]string{}
	for i, p := range paths {
		if ext := filepath.Ext(p); ext != ".docx" && ext != ".pdf" {
			continue
		}
		r := readDocument(t, set, p)
		r.ID = int64(i + 1)
		text[r.ID] = r.Text
		u := strings.ToLower(r.Unit)
		by[u] = append(by[u], r)
	}
	s := defaultSet(t)
	a := s.Across(Options{})
	found := map[string]bool{}
	for _, u := range []string{"xã quang khải", "xã quang phục", "xã tứ kỳ"} {
		if len(by[u]) < 2 {
			t.Fatalf("%d reports of %s", len(by[u]), u)
		}
		a.Add(by[u])
		for _, f := range s.Check(context.Background(), by[u], Options{}) {
			found[f.Unit+" "+f.Period+" "+f.Check] = true
			if clean := []string{"Xã Quang Khải 2023-04", "Xã Quang Phục 2023-04", "Xã Tứ Kỳ 2025-09"}; f.Severity == Error && slices.Contains(clean, f.Unit+" "+f.Period) {
				t.Errorf("a report without fault: %s: %s", f.Check, f.Message)
			}
			if len(f.Figures) == 0 {
				t.Errorf("%s %s cites nothing", f.Check, f.Period)
			}
			for _, c := range f.Figures {
				if c.Line == 0 || c.Snippet == "" || c.Page == 0 && strings.HasSuffix(f.File, ".pdf") && c.File == "" {
					t.Errorf("%s %s: place not said: %+v", f.Check, f.Period, c)
				}
			}
		}
	}
	for _, want := range []string{
		"Xã Quang Khải 2023-05 dossier-balance", "Xã Quang Khải 2023-06 procedures-continuity", "Xã Quang Khải 2023-06 stale-figure",
		"Xã Quang Khải 2023-06 month-left-over", "Xã Quang Phục 2023-06 stale-figure", "Xã Tứ Kỳ 2025-10 carried-over-continuity", "Xã Tứ Kỳ 2025-10 column-sum",
	} {
		if !found[want] {
			t.Errorf("not found: %s", want)
		}
	}
	fs, err := a.Findings(context.Background(), func(_ context.Context, id int64) (string, error) { return text[id], nil })
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range fs {
		if f.Severity != Info {
			t.Errorf("units beside each other: %s: %s", f.Check, f.Message)
		}
	}
}

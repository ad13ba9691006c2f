// This file runs the fixtures inside the edits: each edit must pass its first and
// fail its second kind of report, with the gap that is written there.

package check

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"baocao/extract/rules"
	"baocao/normalize"
)

// FixtureResult is the outcome of one fixture.
type FixtureResult struct {
	Edit string
	File string
	Line int
	Pass bool   // the kind of fixture: one that must pass, or one that must fail
	Err  string // "" where the edit did what it must
}

// Test runs every fixture through the whole check.
func (s *Set) Test(ctx context.Context) []FixtureResult {
	var out []FixtureResult
	for _, e := range s.edits {
		for _, f := range e.pass {
			out = append(out, FixtureResult{e.id, e.file, f.line, true, s.tryFixture(ctx, e, f, true)})
		}
		for _, f := range e.fail {
			out = append(out, FixtureResult{e.id, e.file, f.line, false, s.tryFixture(ctx, e, f, false)})
		}
	}
	return out
}

func (s *Set) tryFixture(ctx context.Context, e *edit, f fixture, pass bool) string {
	reports, err := s.fixtureReports(e, f)
	if err != nil {
		return err.Error()
	}
	var gaps []string
	last := reports[len(reports)-1].Period
	for _, fd := range s.Check(ctx, reports, Options{}) {
		if fd.Check == e.id && fd.Period == last && (fd.Reading == "" || !pass || !e.oddReading(fd.Reading)) {
			gaps = append(gaps, fd.Gap)
		}
	}
	switch {
	case pass && len(gaps) > 0:
		return fmt.Sprintf("must pass, but fails with gap %s", strings.Join(gaps, ", "))
	case !pass && len(gaps) == 0:
		return "must fail, but passes"
	case !pass && f.gap != "" && !slices.Contains(gaps, f.gap):
		return fmt.Sprintf("must fail with gap %s, but fails with gap %s", f.gap, strings.Join(gaps, ", "))
	}
	return ""
}

func (e *edit) oddReading(id string) bool {
	return slices.ContainsFunc(e.readings, func(r reading) bool { return r.id == id && r.as != "" })
}

// fixtureReports makes the reports of a fixture: one, or two where it names
// figures of the period before.
func (s *Set) fixtureReports(e *edit, f fixture) ([]Report, error) {
	period, before := "2023-05", "2023-04"
	if e.only == "year" {
		period, before = "2023", "2022"
	}
	cur := &normalize.Report{Type: "cchc", Unit: "Xã Mẫu", Period: period, Number: "1/BC-UBND"}
	old := &normalize.Report{Type: "cchc", Unit: "Xã Mẫu", Period: before, Number: "1/BC-UBND"}
	keys := make([]string, 0, len(f.figures))
	for k := range f.figures {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	at := 0
	for _, k := range keys {
		name, rep, span := k, cur, rules.Period
		if rest, ok := strings.CutPrefix(name, "prev."); ok {
			name, rep = rest, old
		}
		for prefix, sp := range map[string]rules.Span{"ytd.": rules.YTD, "previous.": rules.Previous, "target.": rules.Target} {
			if rest, ok := strings.CutPrefix(name, prefix); ok {
				name, span = rest, sp
			}
		}
		name, field, _ := strings.Cut(name, "{")
		value, round, rounded := strings.Cut(f.figures[k], "@")
		fig := normalize.Figure{Indicator: name, Field: strings.TrimSuffix(field, "}"), Span: span, Value: value, Confidence: 1, Rounding: 1}
		if rounded {
			n, err := strconv.ParseInt(round, 10, 64)
			if err != nil {
				return nil, fmt.Errorf("rounding %q of %s is no whole number", round, k)
			}
			fig.Rounding = n
		} else if _, frac, ok := strings.Cut(value, "."); ok {
			fig.Decimals = len(frac)
		}
		fig.Mentions = []normalize.Mention{{Start: at, End: at + len(value), Page: 1, Line: 1, Text: value, Snippet: name + " " + value, Parent: -1}}
		at += len(value) + 1
		rep.Figures = append(rep.Figures, fig)
	}
	text := ""
	if e.class != 0 {
		text = fmt.Sprintf("Xã loại %d", e.class)
	}
	out := []Report{{ID: 2, File: "fixture", Report: cur, Text: text}}
	if len(old.Figures) > 0 {
		out = append([]Report{{ID: 1, File: "fixture-before", Report: old}}, out...)
	}
	return out, nil
}

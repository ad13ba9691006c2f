package generate

// This file compares what the generator says of its reports with what the
// program finds in them.

import (
	"context"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"baocao/extract/document"
	"baocao/extract/rules"
	"baocao/extract/txt"
	"baocao/normalize"
)

// found is what the program makes of one report.
func found(t *testing.T, set *rules.Set, doc *document.Document, path string) *normalize.Report {
	t.Helper()
	rep, err := normalize.Build(doc, set.Extract(doc), normalize.Source{Path: path})
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return rep
}

func readText(t *testing.T, r Report) *document.Document {
	t.Helper()
	doc, err := txt.Read(context.Background(), strings.NewReader(r.Text), int64(len(r.Text)))
	if err != nil {
		t.Fatalf("%s: %v", r.Name, err)
	}
	return doc
}

func ruleSet(t *testing.T) *rules.Set {
	t.Helper()
	set, err := rules.Default()
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func allSeries(t *testing.T, o Options) [][]Report {
	t.Helper()
	var out [][]Report
	for i := range o.Communes {
		reports, err := Series(o, i)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, reports)
	}
	return out
}

// identity is a figure without its place.
func identity(indicator, field, value string) string {
	return indicator + "{" + field + "}=" + value
}

// differences lists sure labels that were not found and figures of the report's
// own period that are no label, and counts the figures that agree.
func differences(truth Truth, rep *normalize.Report) (agree int, missing, wrong []string) {
	sure, any := map[string]string{}, map[string]bool{}
	for _, l := range truth.Figures {
		id := identity(l.Indicator, l.Dims["field"], l.Value)
		any[id] = true
		if l.Certainty == "sure" {
			sure[id] = l.Snippet
		}
	}
	for _, f := range rep.Figures {
		id := identity(f.Indicator, f.Field, f.Value)
		if _, ok := sure[id]; ok {
			agree++
			delete(sure, id)
		} else if !any[id] {
			wrong = append(wrong, id+" in: "+f.Mentions[0].Snippet)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(sure)) {
		missing = append(missing, id+" in: "+sure[id])
	}
	return agree, missing, wrong
}

// TestTruthIsFound: of clean reports the rules must find at least 99 % of the
// figures and nothing else; a difference is a mistake of one of the two.
func TestTruthIsFound(t *testing.T) {
	set := ruleSet(t)
	agree := 0
	kinds := map[string]int{}
	for _, reports := range allSeries(t, Options{Communes: 60, Months: 1, Seed: 5}) {
		for _, r := range reports {
			rep := found(t, set, readText(t, r), r.Name+".txt")
			n, missing, wrong := differences(r.Truth, rep)
			agree += n
			for _, m := range missing {
				kinds["missing "+generic(m)]++
			}
			for _, m := range wrong {
				kinds["wrong "+generic(m)]++
			}
			if !strings.EqualFold(rep.Unit, r.Truth.Report.Unit) || rep.Period != r.Truth.Report.Period || rep.Number != r.Truth.Report.Number || rep.Date != r.Truth.Report.Date {
				t.Errorf("%s: read as %s, %s, %s, %s; it is %+v", r.Name, rep.Unit, rep.Period, rep.Number, rep.Date, r.Truth.Report)
			}
		}
	}
	differ := 0
	for _, k := range slices.Sorted(maps.Keys(kinds)) {
		differ += kinds[k]
		t.Logf("%d times %s", kinds[k], k)
	}
	if agree < 1000 || float64(agree) < 0.99*float64(agree+differ) {
		t.Errorf("%d figures agree, %d differ", agree, differ)
	}
}

// generic replaces numbers, so that like differences count together.
func generic(s string) string { return numbers.ReplaceAllString(s, "#") }

var numbers = regexp.MustCompile(`[0-9]+([.,][0-9]+)*`)

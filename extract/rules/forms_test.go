// This file tests that the form of a text changes nothing that is read: which bullets and
// heading numbers an office uses, how it spaces, how its letters are encoded.

package rules

import (
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

func TestFormChangesNothing(t *testing.T) {
	replace := func(pattern, by string) func(string) string {
		re := regexp.MustCompile(pattern)
		return func(s string) string { return re.ReplaceAllString(s, by) }
	}
	forms := map[string]func(string) string{
		"decomposed letters":          norm.NFD.String,
		"star bullets":                replace(`(?m)^- ?`, "* "),
		"two spaces":                  replace(`(\pL) (\pL)`, "$1  $2"),
		"no-break spaces":             replace(`(\d) (hồ sơ|bộ|văn bản|phiếu|người)`, "$1\u00a0$2"),
		"spaces before punctuation":   replace(`([^\d\s])([,;:]) `, "$1 $2 "),
		"spaces inside brackets":      func(s string) string { return strings.NewReplacer("(", "( ", ")", " )").Replace(s) },
		"a space before per cent":     replace(`(\d)%`, "$1 %"),
		"headings 1/":                 replace(`(?m)^(\d{1,2})\. (\S)`, "$1/ $2"),
		"headings 1)":                 replace(`(?m)^(\d{1,2})\. (\S)`, "$1) $2"),
		"headings 1-":                 replace(`(?m)^(\d{1,2})\. (\S)`, "$1- $2"),
		"headings (1)":                replace(`(?m)^(\d{1,2})\. (\S)`, "($1) $2"),
		"headings Mục 1.":             replace(`(?m)^(\d{1,2})\. (\S)`, "Mục $1. $2"),
		"headings I/":                 replace(`(?m)^([IVX]{1,5})\. (\S)`, "$1/ $2"),
		"headings I –":                replace(`(?m)^([IVX]{1,5})\. (\S)`, "$1 – $2"),
		"headings 1.1/":               replace(`(?m)^(\d{1,2}\.\d{1,2})\.? (\S)`, "$1/ $2"),
		"headings without last point": replace(`(?m)^(\d{1,2}\.\d{1,2})\.? (\S)`, "$1 $2"),
	}
	set := defaultSet(t)
	files, err := filepath.Glob("../../testdata/offices/dev/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no texts: %v", err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		want := valuesIn(set, string(data))
		for name, form := range forms {
			if got := valuesIn(set, form(string(data))); got != want {
				t.Errorf("%s with %s:\n%s", filepath.Base(file), name, difference(want, got))
			}
		}
	}
}

// valuesIn lists the figures of a text that are sure enough to be given, sorted.
func valuesIn(set *Set, text string) string {
	var out []string
	for _, f := range set.Extract(documentOf(text)).Figures {
		if f.Confidence >= 0.7 {
			out = append(out, f.Indicator+"@"+f.Field+"#"+string(f.Span)+"="+f.Value)
		}
	}
	sort.Strings(out)
	return strings.Join(out, "\n")
}

// difference lists the lines that only one of two texts holds.
func difference(a, b string) string {
	left, right := strings.Split(a, "\n"), strings.Split(b, "\n")
	count := map[string]int{}
	for _, l := range left {
		count[l]++
	}
	for _, l := range right {
		count[l]--
	}
	var out []string
	for l, n := range count {
		switch {
		case n > 0:
			out = append(out, "- "+l)
		case n < 0:
			out = append(out, "+ "+l)
		}
	}
	sort.Strings(out)
	return strings.Join(out, "\n")
}

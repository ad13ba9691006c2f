// This file scores whole folders of labelled reports and adds up.

package accuracy

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"baocao/extract"
	"baocao/extract/rules"
	"baocao/normalize"
)

// Set is the result of one folder.
type Set struct {
	Dir       string
	Documents []Score
}

// ScoreFolder reads NAME.txt of every label file of a folder with the rules and
// compares it with its labels.
func ScoreFolder(ctx context.Context, set *rules.Set, dir string, unlabelled map[string]bool) (Set, error) {
	out := Set{Dir: dir}
	labels, err := ReadLabels(dir)
	if err != nil {
		return out, err
	}
	for i := range labels {
		path := filepath.Join(dir, labels[i].Name+".txt")
		data, err := os.ReadFile(path)
		if err != nil {
			return out, fmt.Errorf("read labelled text: %w", err)
		}
		doc, err := extract.Read(ctx, path, bytes.NewReader(data), int64(len(data)), extract.Options{})
		if err != nil {
			return out, fmt.Errorf("read %s: %w", path, err)
		}
		// The name of a labelled file says what is in it, so it is not given.
		report, err := normalize.Build(doc, set.Extract(doc), normalize.Source{})
		if err != nil {
			return out, fmt.Errorf("read %s: %w", path, err)
		}
		out.Documents = append(out.Documents, Compare(&labels[i], report, unlabelled))
	}
	return out, nil
}

// Total adds up the documents of a set.
func (s *Set) Total() Tally {
	var t Tally
	for i := range s.Documents {
		t.Add(s.Documents[i].Tally)
	}
	return t
}

// Family is the tally of one group of indicators.
type Family struct {
	Name string
	Tally
}

// Families adds up by group of indicators, sorted by name.
func (s *Set) Families() []Family {
	sums := map[string]Tally{}
	for i := range s.Documents {
		for name, t := range s.Documents[i].Families {
			sum := sums[name]
			sum.Add(t)
			sums[name] = sum
		}
	}
	var out []Family
	for name, t := range sums {
		out = append(out, Family{name, t})
	}
	slices.SortFunc(out, func(a, b Family) int { return compareNames(a.Name, b.Name) })
	return out
}

func compareNames(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// Header counts the documents whose head field agrees with its label.
func (s *Set) Header(field string) int {
	n := 0
	for i := range s.Documents {
		if s.Documents[i].Header[field] {
			n++
		}
	}
	return n
}

// Graded gives the graded figures of all documents.
func (s *Set) Graded() []Graded {
	var out []Graded
	for i := range s.Documents {
		out = append(out, s.Documents[i].Graded...)
	}
	return out
}

// Accuracy measures how well labelled reports are read: figures for each document
// and family of indicators, header fields, and what a confidence is worth.
//
//	go run ./cmd/accuracy [-v] [-rules DIR] [-catalogue FILE] [FOLDER...]
//
// The folders testdata/offices/dev and testdata/synth were seen while rules were
// written; testdata/offices/heldout was labelled before and never looked at, so
// that only its figures say how other offices' reports are read.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"

	"baocao/cmd/internal/accuracy"
	"baocao/cmd/internal/render"
	"baocao/extract/rules"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:], os.Stdout)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "accuracy:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, out io.Writer) error {
	flags := flag.NewFlagSet("accuracy", flag.ContinueOnError)
	verbose := flags.Bool("v", false, "list every wrong and missed figure (never of the held-out offices)")
	dir := flags.String("rules", "", "folder of rules to add")
	catalogue := flags.String("catalogue", "testdata/catalogue/indicators.tsv", "table that says which indicators are labelled")
	if err := flags.Parse(args); err != nil {
		return err
	}
	folders := flags.Args()
	if len(folders) == 0 {
		folders = []string{"testdata/synth", "testdata/offices/dev", "testdata/offices/heldout"}
	}
	set, err := load(*dir)
	if err != nil {
		return err
	}
	unlabelled, err := accuracy.ReadUnlabelled(*catalogue)
	if err != nil {
		return err
	}
	var sets []accuracy.Set
	for _, folder := range folders {
		s, err := accuracy.ScoreFolder(ctx, set, folder, unlabelled)
		if err != nil {
			return err
		}
		sets = append(sets, s)
	}
	for i := range sets {
		if err := printSet(out, &sets[i], *verbose && !heldOut(sets[i].Dir)); err != nil {
			return err
		}
	}
	return printSummary(out, sets)
}

func load(dir string) (*rules.Set, error) {
	if dir == "" {
		return rules.Default()
	}
	return rules.LoadWith(rules.Source{FS: os.DirFS(dir), Dir: ".", Name: dir})
}

// heldOut tells the folder whose texts must not be looked at.
func heldOut(dir string) bool { return filepath.Base(dir) == "heldout" }

func printSet(out io.Writer, s *accuracy.Set, verbose bool) error {
	fmt.Fprintf(out, "%s: by document\n", s.Dir)
	documents := tallyTable("Document", 40)
	for i := range s.Documents {
		d := &s.Documents[i]
		documents.Add(tallyRow(d.Name, d.Tally)...)
	}
	if err := show(out, documents); err != nil {
		return err
	}
	for i := range s.Documents {
		d := &s.Documents[i]
		for _, field := range accuracy.HeaderFields() {
			if verbose && !d.Header[field] {
				fmt.Fprintf(out, "  %s: %s is not as labelled\n", d.Name, field)
			}
		}
		for _, k := range d.WrongKeys {
			if verbose {
				fmt.Fprintf(out, "  %s: wrong  %s\n", d.Name, k)
			}
		}
		for _, k := range d.MissedKeys {
			if verbose {
				fmt.Fprintf(out, "  %s: missed %s\n", d.Name, k)
			}
		}
	}
	fmt.Fprintf(out, "%s: by family of indicators\n", s.Dir)
	families := tallyTable("Family", 40)
	for _, f := range s.Families() {
		families.Add(tallyRow(f.Name, f.Tally)...)
	}
	return show(out, families)
}

func printSummary(out io.Writer, sets []accuracy.Set) error {
	total := tallyTable("All figures", 40)
	header := table(append([]string{"Header fields"}, accuracy.HeaderFields()...)...)
	for i := range sets {
		s := &sets[i]
		name := s.Dir
		if heldOut(name) {
			name += " (never looked at)"
		}
		total.Add(tallyRow(name, s.Total())...)
		row := []render.Cell{render.Text(name)}
		for _, field := range accuracy.HeaderFields() {
			row = append(row, render.Text(fmt.Sprintf("%d/%d", s.Header(field), len(s.Documents))))
		}
		header.Add(row...)
	}
	if err := show(out, total); err != nil {
		return err
	}
	if err := show(out, header); err != nil {
		return err
	}
	for i := range sets {
		if err := printCalibration(out, &sets[i]); err != nil {
			return err
		}
	}
	return nil
}

func printCalibration(out io.Writer, s *accuracy.Set) error {
	graded := s.Graded()
	t := table("Confidence in "+filepath.Base(s.Dir), "Figures", "Right", "Share right", "Mean confidence")
	row := func(name string, b accuracy.Bin) {
		if b.Count == 0 {
			t.Add(render.Text(name), render.Count(0), render.Count(0), render.Cell{}, render.Cell{})
			return
		}
		t.Add(render.Text(name), render.Count(b.Count), render.Count(b.Right), share(b.Share()), share(b.Mean))
	}
	for _, b := range accuracy.Calibrate(graded) {
		row(fmt.Sprintf("%.2f to %.2f", b.From, b.To), b)
	}
	row("at least 0.90", accuracy.AtLeast(graded, 0.9))
	return show(out, t)
}

func tallyTable(first string, width int) render.Table {
	t := table(first, "Precision", "Recall", "F1", "Right", "Wrong", "Missed")
	t.Columns[0].Width = width
	return t
}

func tallyRow(name string, t accuracy.Tally) []render.Cell {
	return []render.Cell{render.Text(name), share(t.Precision()), share(t.Recall()), share(t.F1()),
		render.Count(t.Right), render.Count(t.Wrong), render.Count(t.Missed)}
}

// table makes a table of a column of names and columns of numbers.
func table(titles ...string) render.Table {
	var t render.Table
	for i, title := range titles {
		t.Columns = append(t.Columns, render.Column{Title: title, Right: i > 0})
	}
	return t
}

func share(x float64) render.Cell { return render.Number(fmt.Sprintf("%.3f", x)) }

func show(out io.Writer, t render.Table) error {
	return render.Terminal(out, []render.Table{t}, render.English, 0)
}

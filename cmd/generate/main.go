// Command generate makes archives of invented reports with known truth, for
// trying the program on more files than testdata holds.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"time"

	"baocao/testdata/generate"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:])
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	var o generate.Options
	flags := flag.NewFlagSet("generate", flag.ContinueOnError)
	flags.Usage = func() {
		fmt.Fprintln(flags.Output(), "usage: generate [flags] FOLDER\nmakes FOLDER/files, FOLDER/manifest.csv and FOLDER/truth.jsonl")
		flags.PrintDefaults()
	}
	first := flags.String("first", "2023-01", "first month")
	flags.IntVar(&o.Communes, "communes", 8, "number of communes")
	flags.IntVar(&o.Months, "months", 3, "number of months")
	flags.Uint64Var(&o.Seed, "seed", 1, "source of chance")
	flags.Float64Var(&o.PDF, "pdf", 0.5, "share of reports as PDF")
	flags.Float64Var(&o.TXT, "txt", 0, "share of reports as text")
	flags.Float64Var(&o.Scans, "scans", 0, "share of reports as pictures of pages")
	flags.Float64Var(&o.Errors, "errors", 0, "share of reports with a wrong figure")
	flags.Float64Var(&o.Copies, "copies", 0, "share of reports copied to another folder")
	flags.Float64Var(&o.Twins, "twins", 0, "share of reports also in another format")
	flags.Float64Var(&o.Broken, "broken", 0, "share of reports beside which lies a broken file")
	flags.BoolVar(&o.NoTruth, "no-truth", false, "leave truth.jsonl out")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() != 1 {
		return fmt.Errorf("name the folder to make")
	}
	var err error
	if o.First, err = time.Parse("2006-01", *first); err != nil {
		return fmt.Errorf("-first %s: not a month like 2023-01", *first)
	}
	files, err := generate.Archive(ctx, flags.Arg(0), o)
	if err != nil {
		return err
	}
	count := map[generate.Kind]int{}
	for _, f := range files {
		count[f.Kind]++
	}
	fmt.Printf("%d files: %d reports, %d scans, %d copies, %d twins, %d broken\n", len(files), count[generate.Original], count[generate.Scan],
		count[generate.Copy], count[generate.Twin], count[generate.Broken])
	return nil
}

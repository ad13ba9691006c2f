// Command bench measures how fast archives are taken in, beside the usual command
// line tools on the same files, the same processors and in the same run, and
// prints tables for ARCHITECTURE.md. Compare within one run only: machines and
// what else they do differ.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"slices"
	"strings"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:])
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	program := flags.String("program", "bin/baocao", "the program to measure")
	files := flags.Int("files", 240, "reports of each format in the comparison with other tools")
	rounds := flags.Int("rounds", 3, "how often each comparison is made; the median counts")
	sizes := flags.String("sizes", "500,2000", "sizes of the archives whose cost per file and memory are compared, in files")
	if err := flags.Parse(args); err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "baocao-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir) // left-overs of a benchmark
	b := &bench{program: *program, dir: dir, rounds: *rounds, files: *files}
	fmt.Printf("%s, %d processors (%s), Go %s, %s\n\n", time.Now().Format("2006-01-02"), runtime.NumCPU(), processor(), strings.TrimPrefix(runtime.Version(), "go"), runtime.GOOS)
	if err := b.formats(ctx); err != nil {
		return err
	}
	if err := b.stages(ctx); err != nil {
		return err
	}
	var counts []int
	for s := range strings.SplitSeq(*sizes, ",") {
		var n int
		if _, err := fmt.Sscan(s, &n); err != nil || n < 12 {
			return fmt.Errorf("-sizes %s: %q is no size of at least 12", *sizes, s)
		}
		counts = append(counts, n)
	}
	slices.Sort(counts)
	return b.growth(ctx, counts)
}

// processor names the machine's processor, as far as that is known.
func processor() string {
	data, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		return runtime.GOARCH
	}
	for line := range strings.Lines(string(data)) {
		if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return runtime.GOARCH
}

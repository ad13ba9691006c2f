// This file tests the program over the labelled reports.

package main

import (
	"context"
	"strings"
	"testing"
)

func TestRun(t *testing.T) {
	var out, again strings.Builder
	args := []string{"-catalogue", "../../testdata/catalogue/indicators.tsv", "../../testdata/synth", "../../testdata/offices/heldout"}
	if err := run(context.Background(), args, &out); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"hd-xa-quang-khai-2023-05", "dossiers", "heldout (never looked", "8/8", "Confidence in synth", "at least 0.90"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the report lacks %q", want)
		}
	}
	if err := run(context.Background(), append([]string{"-v"}, args...), &again); err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(again.String(), "\n") {
		if strings.HasPrefix(line, "  ") && !strings.Contains(line, "hd-xa-") && !strings.Contains(line, "hp-xa-") {
			t.Errorf("-v tells of the held-out offices: %s", line)
		}
	}
	if err := run(context.Background(), []string{t.TempDir()}, &out); err == nil {
		t.Error("a folder without labels is no error")
	}
}

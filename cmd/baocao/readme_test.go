package main

import (
	"flag"
	"os"
	"strings"
	"testing"
)

// update rewrites the expected outputs and the sessions of the READMEs with
// what the program prints now; look at the difference before it is committed.
var update = flag.Bool("update", false, "rewrite golden files and README sessions")

// excerpts are the parts of the session that the READMEs show: each begins at the
// first line that holds the words and has at most so many lines, or ends at a line
// that begins a new row of its table.
var excerpts = []struct {
	from  string
	lines int
}{
	{"Xã Quang Khải, 2023-05", 4},
	{"Cân đối hồ sơ không khớp", 0},
	{"695efc", 5},
	{"(dossiers.received)", 6},
}

// session is what the READMEs show of the output of run.
func session(t *testing.T, out string) string {
	t.Helper()
	var b strings.Builder
	const start = "$ baocao run testdata/archive\n"
	b.WriteString(start)
	lines := strings.Split(out, "\n")
	at := 0
	for _, e := range excerpts {
		skipped := b.String() == start
		for at < len(lines) && !strings.Contains(lines[at], e.from) {
			at++
			skipped = true
		}
		if at == len(lines) {
			t.Fatalf("run prints no %q after the excerpt before", e.from)
		}
		if skipped {
			b.WriteString("[...]\n")
		}
		for n := 0; at < len(lines); n++ {
			continued := strings.HasPrefix(lines[at], "│        │")
			if e.lines > 0 && n == e.lines || e.lines == 0 && n > 0 && !continued {
				break
			}
			b.WriteString(lines[at] + "\n")
			at++
		}
	}
	b.WriteString("[...]\n")
	return b.String()
}

// readmeIsTrue compares the sessions of a README with what is printed: the first
// is the run over the archive, which gave out and the database; of each other the
// first line is a command on that database, and the rest all that it prints.
func readmeIsTrue(t *testing.T, path, database, out string) {
	t.Helper()
	readme, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	const open, end = "```console\n", "```"
	before, rest, ok := strings.Cut(string(readme), open)
	if !ok {
		t.Fatalf("%s shows no session", path)
	}
	want := before
	for n := 0; ok; n++ {
		shown, after, closed := strings.Cut(rest, end)
		if !closed {
			t.Fatalf("%s: a session has no end", path)
		}
		real := session(t, out)
		if n > 0 {
			line, _, _ := strings.Cut(shown, "\n")
			args := strings.Fields(strings.TrimPrefix(line, "$ baocao "))
			code, printed, errOut := baocao(t, append(args, "--db", database)...)
			if code != exitFine {
				t.Fatalf("%s: %s: exit %d: %s", path, line, code, errOut)
			}
			real = line + "\n" + printed
		}
		if shown != real && !*update {
			t.Errorf("%s does not show what is printed (go test ./cmd/baocao -update rewrites it); it should be:\n%s", path, real)
		}
		before, rest, ok = strings.Cut(after, open)
		want += open + real + end + before
	}
	if *update {
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

package main

import (
	"os/exec"
	"strings"
	"testing"
)

// TestImportArrows fails on an import against the direction of the pipeline:
// cmd -> db -> normalize -> extract -> extract/rules -> normalize/vntext.
func TestImportArrows(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", `{{.ImportPath}}{{range .Imports}} {{.}}{{end}}`, "baocao/...").CombinedOutput()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, out)
	}
	// the level of a package: it may import its own level and lower ones
	level := func(pkg string) int {
		switch {
		case strings.HasPrefix(pkg, "baocao/normalize/vntext"):
			return 0
		case strings.HasPrefix(pkg, "baocao/extract/document"):
			return 0
		case strings.HasPrefix(pkg, "baocao/extract/rules"):
			return 1
		case strings.HasPrefix(pkg, "baocao/extract"):
			return 2
		case strings.HasPrefix(pkg, "baocao/normalize"):
			return 3
		case strings.HasPrefix(pkg, "baocao/db"):
			return 4
		case strings.HasPrefix(pkg, "baocao/cmd"):
			return 5
		}
		return -1
	}
	seen := 0
	for _, line := range strings.Split(strings.TrimSpace(string(out)), "\n") {
		words := strings.Fields(line)
		for _, imported := range words[1:] {
			if !strings.HasPrefix(imported, "baocao/") {
				continue
			}
			seen++
			if level(imported) > level(words[0]) {
				t.Errorf("%s imports %s, against the direction of the pipeline", words[0], imported)
			}
		}
	}
	if seen < 20 {
		t.Errorf("only %d imports inside the module were seen", seen)
	}
}

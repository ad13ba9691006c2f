// This file compares the import of one format with a tool that only extracts the
// text of it.
package main

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"baocao/testdata/generate"
)

// bench is one run of the benchmarks.
type bench struct {
	program string
	dir     string // for archives and databases
	rounds  int
	files   int
}

// archive makes n reports of which the share pdf are PDF, and returns their
// folder and size in bytes.
func (b *bench) archive(ctx context.Context, name string, n int, o generate.Options) (string, int64, error) {
	dir := filepath.Join(b.dir, name)
	o.Months, o.NoTruth, o.Seed = 12, true, 1
	o.Communes = (n + o.Months - 1) / o.Months
	if _, err := generate.Archive(ctx, dir, o); err != nil {
		return "", 0, err
	}
	size := int64(0)
	err := filepath.WalkDir(filepath.Join(dir, "files"), func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		info, err := e.Info()
		if err == nil {
			size += info.Size()
		}
		return err
	})
	return filepath.Join(dir, "files"), size, err
}

// importInto measures an import.
func (b *bench) importInto(ctx context.Context, db, folder string) (cost, error) {
	return measure(ctx, b.program, "import", "--db", db, folder)
}

// formats compares each format with the tool for it.
func (b *bench) formats(ctx context.Context) error {
	row := table("import of", "files", "new", "files/s", "MB/s", "CPU a file", "the tool alone, CPU a file", "wall / tool", "CPU / tool", "same folder again", "copies elsewhere")
	for _, f := range []struct {
		name, tool, command string
		pdf                 float64
	}{
		{"DOCX", "docx2txt", "docx2txt {} /dev/null", 0},
		{"PDF", "pdftotext", "pdftotext -layout {} /dev/null", 1},
	} {
		if _, err := exec.LookPath(f.tool); err != nil {
			return fmt.Errorf("%s is needed for comparison: %w", f.tool, err)
		}
		folder, size, err := b.archive(ctx, f.name, b.files, generate.Options{PDF: f.pdf})
		if err != nil {
			return err
		}
		paths, err := filepath.Glob(folder + "/*/*")
		if err != nil {
			return err
		}
		n := len(paths)
		list := filepath.Join(b.dir, f.name+".list")
		if err := os.WriteFile(list, []byte(strings.Join(paths, "\n")), 0o644); err != nil {
			return err
		}
		copies := filepath.Join(b.dir, f.name+"-copies")
		if err := os.CopyFS(copies, os.DirFS(folder)); err != nil {
			return err
		}
		var imports, tools, agains, known []cost
		for round := range b.rounds {
			// In turns, so that what else the machine does weighs on both.
			c, err := measure(ctx, "sh", "-c", fmt.Sprintf("xargs -P2 -I{} %s < %s", f.command, list))
			if err != nil {
				return err
			}
			tools = append(tools, c)
			db := filepath.Join(b.dir, fmt.Sprint(f.name, round, ".db"))
			for _, step := range []struct {
				folder string
				into   *[]cost
			}{{folder, &imports}, {folder, &agains}, {copies, &known}} {
				c, err := b.importInto(ctx, db, step.folder)
				if err != nil {
					return err
				}
				*step.into = append(*step.into, c)
			}
		}
		in, tool, again, dup := median(imports), median(tools), median(agains), median(known)
		row(f.name, fmt.Sprint(n), fmt.Sprintf("%.1f s", in.wall.Seconds()), fmt.Sprintf("%.0f", float64(n)/in.wall.Seconds()), fmt.Sprintf("%.1f", float64(size)/1e6/in.wall.Seconds()),
			perFile(in.cpu, n), perFile(tool.cpu, n)+" ("+f.tool+")", ratio(in.wall, tool.wall), ratio(in.cpu, tool.cpu),
			fmt.Sprintf("%.0f times faster", float64(in.wall)/float64(again.wall)), fmt.Sprintf("%.0f times faster", float64(in.wall)/float64(dup.wall)))
	}
	fmt.Println()
	return nil
}

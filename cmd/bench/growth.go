// This file measures what a file costs as the archive and the database grow, and
// the memory in use.
package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"baocao/testdata/generate"
)

// growth imports mixed archives of several sizes. The costs of the sizes are
// compared per file.
func (b *bench) growth(ctx context.Context, sizes []int) error {
	row := table("files", "import", "CPU a file", "of the smallest", "peak memory of all processes", "database", "same folder again")
	first := 0.0
	for _, n := range sizes {
		folder, _, err := b.archive(ctx, fmt.Sprint("mixed", n), n, generate.Options{PDF: 0.3, Copies: 0.1, Twins: 0.05, Errors: 0.05})
		if err != nil {
			return err
		}
		paths, err := filepath.Glob(folder + "/*/*")
		if err != nil {
			return err
		}
		more, err := filepath.Glob(folder + "/*/*/*") // the copies
		if err != nil {
			return err
		}
		files := 0
		for _, p := range append(paths, more...) {
			if info, err := os.Stat(p); err == nil && !info.IsDir() {
				files++
			}
		}
		db := filepath.Join(b.dir, fmt.Sprint("mixed", n, ".db"))
		c, err := b.importInto(ctx, db, folder)
		if err != nil {
			return err
		}
		again, err := b.importInto(ctx, db, folder)
		if err != nil {
			return err
		}
		info, err := os.Stat(db)
		if err != nil {
			return err
		}
		each := c.cpu.Seconds() / float64(files)
		if first == 0 {
			first = each
		}
		row(fmt.Sprint(files), fmt.Sprintf("%.0f s", c.wall.Seconds()), perFile(c.cpu, files), fmt.Sprintf("%.0f %%", 100*each/first), mib(max(c.peak, again.peak)),
			mib(info.Size()), fmt.Sprintf("%.1f s", again.wall.Seconds()))
		if err := os.RemoveAll(filepath.Dir(folder)); err != nil {
			return err
		}
	}
	return nil
}

// This file holds the commands that take files in: run, import.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"sort"
	"time"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"
	"golang.org/x/term"

	"baocao/cmd/internal/render"
	"baocao/db"
	"baocao/db/ingest"
	"baocao/extract"
	"baocao/extract/document"
	"baocao/normalize"
)

func (a *app) importCommand() *cobra.Command {
	var jobs int
	var verify, retry bool
	c := &cobra.Command{
		Use: "import ĐƯỜNG_DẪN...", Short: "Nhập tệp, thư mục hoặc tệp ZIP vào cơ sở dữ liệu",
		Example: "  baocao import luu-tru/\n  baocao import --retry",
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 && !retry {
				return usage("cho biết tệp hoặc thư mục cần nhập: baocao import THƯ_MỤC")
			}
			return a.importPaths(cmd.Context(), args, jobs, verify, retry)
		},
	}
	c.Flags().IntVar(&jobs, "jobs", 0, "số tệp đọc cùng lúc (0: theo số lõi)")
	c.Flags().BoolVar(&verify, "verify", false, "tính lại mã băm cả tệp không đổi")
	c.Flags().BoolVar(&retry, "retry", false, "đọc lại những tệp lần trước chưa đọc được")
	return c
}

func (a *app) runCommand() *cobra.Command {
	return &cobra.Command{
		Use: "run ĐƯỜNG_DẪN...", Short: "Nhập, kiểm tra và in bảng xu hướng", Args: cobra.MinimumNArgs(1),
		Example: "  baocao run luu-tru/",
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			imported := a.importPaths(ctx, args, 0, false, false)
			if imported != nil {
				if e, ok := imported.(*exitError); !ok || e.code != exitSkipped {
					return imported
				}
			}
			a.talk("\n")
			if err := a.check(ctx, checkOptions{severity: "warning"}); err != nil {
				return err
			}
			a.talk("\n")
			if err := a.trend(ctx, db.PointFilter{Indicators: []string{"dossiers.received", "dossiers.resolved", "dossiers.in_process"}}); err != nil {
				return err
			}
			return imported
		},
	}
}

// importPaths takes files in through worker processes and prints a summary.
func (a *app) importPaths(ctx context.Context, paths []string, jobs int, verify, retry bool) error {
	for _, p := range paths {
		if _, err := os.Lstat(p); err != nil {
			return &exitError{exitUsage, fmt.Errorf("%s: không có tệp hay thư mục này", p)}
		}
	}
	set, err := a.ruleSet()
	if err != nil {
		return err
	}
	store, err := a.open(ctx, true)
	if err != nil {
		return err
	}
	defer store.Close()
	pool, err := readers(ctx, jobs)
	if err != nil {
		return err
	}
	defer pool.Close()
	bar := a.progress()
	summary, err := ingest.Run(ctx, store, ingest.Options{
		Paths: paths, Jobs: jobs, Verify: verify, Retry: retry, RuleSetHash: set.Hash(), Classify: classify,
		Read: func(ctx context.Context, name string, r io.ReaderAt, size int64) (*document.Document, error) {
			data := make([]byte, size)
			if _, err := io.ReadFull(io.NewSectionReader(r, 0, size), data); err != nil {
				return nil, fmt.Errorf("read %s: %w", name, err)
			}
			return pool.ReadBytes(ctx, name, data, extract.Options{Parallel: pagesAtOnce(jobs)})
		},
		Extract: func(doc *document.Document, name string) (*normalize.Report, error) {
			rep, _, err := report(set, doc, name)
			return rep, err
		},
		Progress: bar,
	})
	if err != nil {
		return err
	}
	if summary.Found == 0 && retry {
		a.talk("%s\n", a.say("Không có tệp nào cần đọc lại.", "Nothing to try again."))
		return nil
	}
	if summary.Found == 0 {
		return &exitError{exitFailed, fmt.Errorf("không thấy báo cáo nào trong %v", paths)}
	}
	if err := a.importSummary(ctx, store, summary); err != nil {
		return err
	}
	switch {
	case summary.Interrupted:
		return &exitError{exitInterrupted, fmt.Errorf("bị ngắt: chạy lại lệnh để làm tiếp")}
	case summary.Failed() > 0:
		return &exitError{exitSkipped, nil}
	}
	return nil
}

// progress shows a bar on a terminal, a line every ten seconds elsewhere.
func (a *app) progress() func(ingest.Event) {
	if f, ok := a.err.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		bar := progressbar.NewOptions(-1, progressbar.OptionSetWriter(f), progressbar.OptionSetDescription(a.say("nhập", "import")), progressbar.OptionClearOnFinish())
		return func(e ingest.Event) {
			if e.Complete {
				bar.ChangeMax(e.Found)
			}
			_ = bar.Set(e.Done) // a bar that cannot be drawn harms nothing
			if e.Complete && e.Done == e.Found {
				_ = bar.Finish()
			}
		}
	}
	last := time.Now()
	return func(e ingest.Event) {
		if time.Since(last) >= 10*time.Second {
			last = time.Now()
			fmt.Fprintf(a.err, a.say("đã xong %d/%d tệp\n", "%d of %d files done\n"), e.Done, e.Found)
		}
	}
}

// stateName says a ledger state in words.
func (a *app) stateName(s db.State) string {
	vi := map[db.State]string{db.Stored: "đã lưu", db.Duplicate: "trùng", db.Superseded: "đã có bản thay thế", db.NotAReport: "không phải báo cáo CCHC",
		db.NeedsOCR: "cần nhận dạng chữ (OCR)", db.Unreadable: "không đọc được", db.Unsupported: "loại tệp không hỗ trợ", db.Pending: "còn đang ghi",
		db.Archive: "tệp nén", db.Folder: "thư mục"}
	if a.lang == "en" || vi[s] == "" {
		return string(s)
	}
	return vi[s]
}

func (a *app) importSummary(ctx context.Context, store *db.DB, s ingest.Summary) error {
	t := render.Table{Name: "import", Columns: []render.Column{
		{Key: "state", Title: a.say("Kết quả nhập", "Import")}, {Key: "files", Title: a.say("Số tệp", "Files"), Right: true}}}
	var states []string
	for st := range s.States {
		states = append(states, string(st))
	}
	sort.Strings(states)
	for _, st := range states {
		t.Add(render.Text(a.stateName(db.State(st))), render.Count(s.States[db.State(st)]))
	}
	if s.Unchanged > 0 {
		t.Add(render.Text(a.say("không đổi từ lần trước", "unchanged")), render.Count(s.Unchanged))
	}
	if err := a.print(t); err != nil {
		return err
	}
	files, err := store.Files(ctx, db.FileFilter{States: []db.State{db.NeedsOCR, db.Unreadable, db.Unsupported}})
	if err != nil {
		return err
	}
	for _, f := range files {
		fmt.Fprintf(a.err, "%s: %s: %s\n", f.Path, a.stateName(f.State), f.Reason)
	}
	return nil
}

// This file holds the commands that take files in: run, import, retry.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"

	"baocao/cmd/internal/render"
	"baocao/db"
	"baocao/db/ingest"
	"baocao/extract"
	"baocao/extract/document"
	"baocao/extract/rules"
	"baocao/extract/sandbox"
	"baocao/normalize"
)

// importOptions say what an import command was asked for.
type importOptions struct {
	paths         []string
	jobs          int
	verify, retry bool
}

func (a *app) jobsFlag(c *cobra.Command, o *importOptions) {
	c.Flags().IntVar(&o.jobs, "jobs", 0, a.say("số tệp đọc cùng lúc (0: theo số lõi)", "how many files are read at once (0: one a processor)"))
}

func (a *app) importCommand() *cobra.Command {
	var o importOptions
	c := &cobra.Command{
		Use: a.say("import ĐƯỜNG_DẪN...", "import PATH..."), Short: a.say("Nhập tệp, thư mục hoặc tệp ZIP vào cơ sở dữ liệu", "Import files, folders or ZIP archives into the database"),
		Long: a.say(`Nhập tệp, thư mục hoặc tệp ZIP vào cơ sở dữ liệu. Tệp chỉ được đọc, không bị sửa hay chuyển chỗ.
Tệp không đổi từ lần trước được bỏ qua; nội dung giống hệt nhau chỉ lưu một lần. Có thể bấm Ctrl-C bất cứ
lúc nào rồi chạy lại: việc dở dang được làm tiếp.`,
			`Import files, folders or ZIP archives into the database. Files are only read, never changed or moved.
Those unchanged since the last time are passed over; the same content is stored once. You may press Ctrl-C at any time
and run it again: it goes on where it was.`) + a.exitHelp(),
		Example: "  baocao import luu-tru/\n  baocao import luu-tru/ --format json > nhat-ky.jsonl",
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 && !o.retry {
				return usage("cho biết tệp hoặc thư mục cần nhập: baocao import THƯ_MỤC")
			}
			o.paths = args
			return a.importPaths(cmd.Context(), o)
		},
	}
	a.jobsFlag(c, &o)
	c.Flags().BoolVar(&o.verify, "verify", false, a.say("tính lại mã băm cả tệp không đổi", "hash unchanged files too"))
	c.Flags().BoolVar(&o.retry, "retry", false, a.say("như lệnh retry: đọc lại những tệp lần trước chưa đọc được", "as the command retry: read again what could not be read"))
	return c
}

func (a *app) retryCommand() *cobra.Command {
	o := importOptions{retry: true}
	c := &cobra.Command{
		Use: a.say("retry [ĐƯỜNG_DẪN...]", "retry [PATH...]"), Short: a.say("Đọc lại những tệp lần trước chưa đọc được", "Read again the files that could not be read"),
		Long: a.say(`Đọc lại những tệp lần trước chưa đọc được: sau khi cài tesseract hoặc LibreOffice, sau khi có quyền mở tệp.
Không cho biết đường dẫn thì đọc lại mọi tệp như vậy trong sổ theo dõi.`,
			`Read again the files that could not be read: after tesseract or LibreOffice was installed, or a file may be opened now.
Without a path, all such files of the ledger.`) + a.exitHelp(),
		Example: "  baocao retry\n  baocao retry luu-tru/2023",
		RunE: func(cmd *cobra.Command, args []string) error {
			if _, err := os.Stat(a.db); err != nil {
				_, err := a.open(cmd.Context(), false)
				return err
			}
			o.paths = args
			return a.importPaths(cmd.Context(), o)
		},
	}
	a.jobsFlag(c, &o)
	return c
}

func (a *app) runCommand() *cobra.Command {
	return &cobra.Command{
		Annotations: formatsOnly("table,csv,xlsx,html"), Use: a.say("run ĐƯỜNG_DẪN...", "run PATH..."), Short: a.say("Nhập, kiểm tra và in bảng xu hướng", "Import, check and print tables of trends"), Args: cobra.MinimumNArgs(1),
		Example: "  baocao run luu-tru/",
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			imported := a.importPaths(ctx, importOptions{paths: args})
			if imported != nil {
				if e, ok := imported.(*exitError); !ok || e.code != exitSkipped {
					return imported
				}
			}
			if err := a.check(ctx, checkOptions{severity: "warning"}); err != nil {
				return err
			}
			if err := a.trend(ctx, trendOptions{selection: selection{indicators: []string{"dossiers.received", "dossiers.resolved", "dossiers.in_process"}}, last: defaultLast}); err != nil {
				return err
			}
			return imported
		},
	}
}

// intake gives the options of an import that reads with pool and extracts with set.
func intake(set *rules.Set, pool *sandbox.Pool, jobs int) ingest.Options {
	opt := extract.Options{Parallel: pagesAtOnce(jobs)}
	memory := normalize.NewMemory()
	return ingest.Options{
		RuleSetHash: set.Hash(), Classify: classify, Jobs: jobs,
		Read: func(ctx context.Context, name string, r io.ReaderAt, size int64) (*document.Document, error) {
			data := make([]byte, size)
			if _, err := io.ReadFull(io.NewSectionReader(r, 0, size), data); err != nil {
				return nil, fmt.Errorf("read %s: %w", name, err)
			}
			return readTwice(func() (*document.Document, error) { return pool.ReadBytes(ctx, name, data, opt) })
		},
		Extract: func(doc *document.Document, name string) (*normalize.Report, error) {
			rep, _, err := report(set, doc, normalize.Source{Path: name, Memory: memory})
			return rep, err
		},
	}
}

// readTwice reads once more where a reader process ended or did not begin. It may
// do so for reasons of its own: the system was short of memory, somebody ended
// the process. Only a second time it is the file's fault.
func readTwice(read func() (*document.Document, error)) (*document.Document, error) {
	doc, err := read()
	killed := (*sandbox.Killed)(nil)
	if errors.Is(err, sandbox.ErrStart) || errors.As(err, &killed) && killed.Reason != sandbox.Deadline {
		return read()
	}
	return doc, err
}

// importCollector lets the heap of an import grow to four times what is in use, as
// much as 100 MiB, before garbage is collected: a tenth of the time.
const importCollector = 300

// reading opens what an import needs, the database and the processes that read;
// done closes both.
func (a *app) reading(ctx context.Context, o importOptions) (store *db.DB, opt ingest.Options, done func(), err error) {
	set, err := a.ruleSet()
	if err != nil {
		return nil, opt, nil, err
	}
	if store, err = a.open(ctx, true); err != nil {
		return nil, opt, nil, err
	}
	pool, err := readers(ctx, o.jobs)
	if err != nil {
		return nil, opt, nil, errors.Join(err, store.Close())
	}
	opt = intake(set, pool, o.jobs)
	opt.Paths, opt.Verify, opt.Retry = o.paths, o.verify, o.retry
	usual := debug.SetGCPercent(importCollector)
	return store, opt, func() { debug.SetGCPercent(usual); pool.Close(); store.Close() }, nil
}

// importPaths takes files in through worker processes and prints what was done.
func (a *app) importPaths(ctx context.Context, o importOptions) error {
	if err := a.present(o.paths, o.retry); err != nil {
		return err
	}
	store, opt, done, err := a.reading(ctx, o)
	if err != nil {
		return err
	}
	defer done()
	defer context.AfterFunc(ctx, func() {
		fmt.Fprintln(a.err, a.say("Đang dừng: đọc nốt tệp đang dở. Bấm Ctrl-C lần nữa để dừng ngay.", "Stopping: the files in hand are finished. Press Ctrl-C again to stop at once."))
	})()
	p := a.follow()
	opt.Progress = p.event
	summary, err := ingest.Run(ctx, store, opt)
	p.finish()
	if err != nil {
		// What was written before stays; say how much that is.
		if p.last.Done > 0 {
			fmt.Fprintf(a.err, a.say("dừng sau %s tệp; những tệp đã lưu vẫn còn\n", "stopped after %s files; what was stored is kept\n"), a.number(fmt.Sprint(p.last.Done)))
		}
		return err
	}
	if err := a.importSummary(p, summary, o.retry); err != nil {
		return err
	}
	switch {
	case summary.Interrupted:
		return &exitError{exitInterrupted, errors.New(a.say("bị ngắt: chạy lại lệnh để làm tiếp", "interrupted: run the command again to go on"))}
	case summary.Found == 0 && !o.retry:
		return &exitError{exitFailed, fmt.Errorf(a.say("không có tệp nào trong %s", "there is no file in %s"), strings.Join(o.paths, ", "))}
	case summary.Failed() > 0:
		return &exitError{exitSkipped, nil}
	}
	return nil
}

// present says which of the paths are not there. A retry may name what is gone.
func (a *app) present(paths []string, retry bool) error {
	if retry {
		return nil
	}
	var missing []string
	for _, p := range paths {
		if _, err := os.Lstat(p); err != nil {
			missing = append(missing, p)
		}
	}
	if missing != nil {
		return usage(a.say("%s: không có tệp hay thư mục này", "%s: there is no such file or folder"), strings.Join(missing, ", "))
	}
	return nil
}

// stateName says a ledger state in words.
func (a *app) stateName(s db.State) string {
	vi := map[db.State]string{db.Stored: "đã lưu", db.Duplicate: "trùng", db.Superseded: "đã có bản thay thế", db.NotAReport: "không phải báo cáo CCHC",
		db.NeedsOCR: "cần nhận dạng chữ (OCR)", db.Unreadable: "không đọc được", db.Unsupported: "loại tệp không hỗ trợ", db.Pending: "chờ lần nhập sau",
		db.Archive: "tệp nén", db.Folder: "thư mục", db.Gone: "không còn ở chỗ cũ"}
	if a.lang == "en" || vi[s] == "" {
		return string(s)
	}
	return vi[s]
}

// importSummary prints what an import did: how many files are in which state, and
// which could not be read.
func (a *app) importSummary(p *progress, s ingest.Summary, retry bool) error {
	if a.format == "json" {
		return json.NewEncoder(a.out).Encode(summaryEventJSON{Event: "summary", Files: s.Found, States: p.counts(), Added: s.Added, Gone: s.Gone, Moved: s.Moved,
			Replaced: s.Replaced, Bytes: s.Bytes, Seconds: float64(s.Elapsed.Milliseconds()) / 1000, Interrupted: s.Interrupted})
	}
	if s.Found == 0 {
		if retry {
			fmt.Fprintln(a.out, a.say("Không có tệp nào cần đọc lại.", "Nothing to try again."))
		}
		return nil
	}
	t := render.Table{Name: "import", Columns: []render.Column{
		{Key: "state", Title: a.say("Kết quả nhập", "Import")}, {Key: "files", Title: a.say("Số tệp", "Files"), Right: true}}}
	for _, state := range db.States() {
		if n := s.States[state]; n > 0 {
			t.Add(render.Text(a.stateName(state)), render.Count(n))
		}
	}
	if s.Unchanged > 0 {
		t.Add(render.Text(a.say("không đổi từ lần trước", "unchanged")), render.Count(s.Unchanged))
	}
	if s.Gone > 0 {
		t.Add(render.Text(a.stateName(db.Gone)), render.Count(s.Gone))
	}
	if err := a.print(t); err != nil {
		return err
	}
	done := fmt.Sprintf(a.say("%s tệp trong %s; %s văn bản mới", "%s files in %s; %s new documents"),
		a.number(fmt.Sprint(p.last.Done)), a.duration(s.Elapsed), a.number(fmt.Sprint(s.Added)))
	if s.Replaced > 0 {
		done += fmt.Sprintf(a.say(", thay %s bản cũ", ", replacing %s"), a.number(fmt.Sprint(s.Replaced)))
	}
	fmt.Fprintln(a.err, done+".")
	if s.Moved > 0 {
		fmt.Fprintf(a.err, a.say("%s báo cáo có đơn vị hoặc kỳ lấy theo tên tệp, thư mục: đã lấy lại theo chỗ mới của tệp.\n",
			"%s reports take unit or period from the names of file and folders: they were taken anew from the new place.\n"), a.number(fmt.Sprint(s.Moved)))
	}
	for _, e := range p.failed {
		fmt.Fprintf(a.err, "%s: %s: %s\n", shownPath(e.Path), a.stateName(e.State), a.reason(e.Reason))
	}
	if more := p.faults - len(p.failed); more > 0 {
		fmt.Fprintf(a.err, a.say("... và %s tệp nữa, xem baocao status --failed\n", "... and %s more, see baocao status --failed\n"), a.number(fmt.Sprint(more)))
	}
	return nil
}

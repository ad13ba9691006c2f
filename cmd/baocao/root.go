// This file holds what all commands share: flags, exit codes, loading.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"baocao/cmd/internal/render"
	"baocao/db"
	"baocao/extract"
	"baocao/extract/document"
	"baocao/extract/rules"
	"baocao/extract/sandbox"
	"baocao/normalize"
)

// Exit codes. They are part of the contract with scripts.
const (
	exitFine        = 0
	exitFailed      = 1
	exitUsage       = 2
	exitSkipped     = 3
	exitFindings    = 4
	exitInterrupted = 130
)

// exitError carries an exit code; its error may be nil when all has been said.
type exitError struct {
	code int
	err  error
}

func (e *exitError) Error() string {
	if e.err == nil {
		return ""
	}
	return e.err.Error()
}

func usage(format string, args ...any) error {
	return &exitError{exitUsage, fmt.Errorf(format, args...)}
}

// app is one call of the program.
type app struct {
	out, err io.Writer
	db       string
	format   string
	lang     string
	rulesDir string
	editsDir string
	set      *rules.Set

	indicators map[string]rules.Indicator // see catalogue

	width   int
	outFile string
	force   bool
	file    *render.File   // what outFile becomes
	tables  []render.Table // printed so far, in formats that are written as a whole
	printed bool
}

func run(ctx context.Context, args []string, out, errOut io.Writer) int {
	a := &app{out: out, err: errOut, lang: languageOf(args)}
	root := a.root()
	root.SetArgs(args)
	root.SetOut(out)
	root.SetErr(errOut)
	err := a.finishOutput(root.ExecuteContext(ctx))
	if err == nil {
		return exitFine
	}
	code := exitFailed
	var exit *exitError
	var faults rules.Faults
	switch {
	case errors.As(err, &exit):
		code = exit.code
	case errors.As(err, &faults):
		code = exitUsage
	case ctx.Err() != nil:
		code = exitInterrupted
	}
	if text := err.Error(); errors.Is(err, context.Canceled) && code == exitInterrupted {
		fmt.Fprintln(errOut, "baocao:", a.say("bị ngắt", "interrupted"))
	} else if text != "" {
		text, remedy := a.databaseFault(err)
		fmt.Fprintln(errOut, "baocao:", text)
		if remedy != "" {
			fmt.Fprintln(errOut, "  ", remedy)
		}
	}
	return code
}

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "baocao",
		Short: a.say("Đọc báo cáo cải cách hành chính của xã, phường; kiểm tra và so sánh số liệu", "Read communes' reports on administrative reform; check and compare their figures"),
		Long: a.say("baocao đọc báo cáo cải cách hành chính (PDF, DOCX, TXT), trích số liệu vào SQLite, chỉ ra số liệu mâu thuẫn và so sánh theo tháng.",
			"baocao reads reports on administrative reform (PDF, DOCX, TXT), stores their figures in SQLite, shows what contradicts and compares months.") + a.exitHelp(),
		Example:       "  baocao run thu-muc-bao-cao\n  baocao check --period 2023-05\n  baocao trend dossiers.received dossiers.resolved",
		SilenceErrors: true, SilenceUsage: true,
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error { return a.prepareOutput(cmd) },
	}
	f, lang := root.PersistentFlags(), a.lang
	f.StringVar(&a.db, "db", "baocao.db", a.say("tệp cơ sở dữ liệu SQLite", "the SQLite database"))
	f.StringVar(&a.format, "format", "table", a.say("table, csv, json, xlsx hoặc html; trend có thêm svg và png", "table, csv, json, xlsx or html; trend has svg and png too"))
	f.IntVar(&a.width, "width", 0, a.say("bề rộng bảng tính bằng cột chữ (0: theo màn hình, hoặc 100)", "width of tables in columns (0: of the terminal, or 100)"))
	f.StringVar(&a.outFile, "out", "", a.say("ghi kết quả vào tệp này thay vì in ra; đuôi tệp (.xlsx, .csv, ...) chọn dạng", "write into this file instead of printing; its ending (.xlsx, .csv, ...) chooses the format"))
	f.BoolVar(&a.force, "force", false, a.say("ghi đè tệp đã có", "replace a file that exists"))
	f.StringVar(&a.lang, "lang", "vi", a.say("vi hoặc en", "vi or en"))
	a.lang = lang // the texts below are in the language that will be read
	f.StringVar(&a.rulesDir, "rules", "", a.say("thư mục quy tắc thêm vào hoặc thay quy tắc có sẵn", "folder of rules that add to or replace the built-in ones"))
	f.StringVar(&a.editsDir, "edits", "", a.say("thư mục kiểm tra thêm vào hoặc thay kiểm tra có sẵn", "folder of checks that add to or replace the built-in ones"))
	root.AddCommand(a.runCommand(), a.importCommand(), a.retryCommand(), a.reprocessCommand(), a.watchCommand(), a.readCommand(), a.extractCommand(), a.checkCommand(), a.trendCommand(),
		a.compareCommand(), a.exportCommand(), a.showCommand(), a.statusCommand(), a.rulesCommand(), a.dbCommand(), a.backupCommand())
	root.AddCommand(a.findingsCommand(), a.explainCommand(), a.letterCommand())
	root.AddCommand(a.rankCommand(), a.coverageCommand(), a.unitsCommand(), a.summaryCommand())
	a.speak(root)
	a.strict(root)
	return root
}

// say picks the text of the language in use.
func (a *app) say(vi, en string) string {
	if a.lang == "en" {
		return en
	}
	return vi
}

func (a *app) number(plain string) string { return render.Style(plain, render.Language(a.lang)) }

// ownRules are those of --rules, none where it was not given.
func (a *app) ownRules() ([]rules.Source, error) {
	if a.rulesDir == "" {
		return nil, nil
	}
	if info, err := os.Stat(a.rulesDir); err != nil || !info.IsDir() {
		return nil, usage(a.say("thư mục quy tắc %s không mở được", "the folder of rules %s cannot be opened"), a.rulesDir)
	}
	return []rules.Source{{FS: os.DirFS(a.rulesDir), Dir: ".", Name: a.rulesDir}}, nil
}

// ruleSet loads the rules, once.
func (a *app) ruleSet() (*rules.Set, error) {
	if a.set != nil {
		return a.set, nil
	}
	own, err := a.ownRules()
	if err != nil {
		return nil, err
	}
	if len(own) == 0 {
		a.set, err = rules.Default()
		return a.set, err
	}
	if a.set, err = rules.LoadWith(own[0]); err != nil {
		return nil, &exitError{exitUsage, err}
	}
	return a.set, nil
}

// ruleHash is the hash of the rules, for those who need no more.
func (a *app) ruleHash() (string, error) {
	own, err := a.ownRules()
	if err != nil {
		return "", err
	}
	hash, err := rules.HashOf(own...)
	if err != nil {
		return "", &exitError{exitUsage, err}
	}
	return hash, nil
}

// open opens the database; must exist unless it may be made.
func (a *app) open(ctx context.Context, create bool) (*db.DB, error) {
	if !create {
		if _, err := os.Stat(a.db); err != nil {
			return nil, &exitError{exitFailed, fmt.Errorf(a.say("chưa có cơ sở dữ liệu %s: nhập báo cáo trước bằng baocao import THƯ_MỤC", "there is no database %s: import reports first with baocao import FOLDER"), a.db)}
		}
	}
	store, err := db.Open(ctx, a.db, db.Options{Now: time.Now})
	if !create && errors.Is(err, db.ErrReadOnly) {
		// Looking needs no more than reading.
		if look, e := db.Open(ctx, a.db, db.Options{Now: time.Now, ReadOnly: true}); e == nil {
			return look, nil
		}
	}
	return store, err
}

// maxFile is the largest file that is read by itself, in bytes, as in an import.
const maxFile = 512 << 20

// readers are the worker processes that read documents, jobs of them (0: one a
// processor). They start with the first document, and outlive ctx: what was begun
// when it ends is finished.
func readers(ctx context.Context, jobs int) (*sandbox.Pool, error) {
	pool, err := sandbox.New(context.WithoutCancel(ctx), sandbox.Options{Workers: jobs, Sentinels: sentinels()})
	if err != nil {
		return nil, fmt.Errorf("start readers: %w", err)
	}
	return pool, nil
}

// pagesAtOnce is how many pages a worker may recognise at once, so that all
// workers together (0: one a processor) keep every processor busy and no more.
func pagesAtOnce(jobs int) int {
	if jobs <= 0 {
		return 1
	}
	return max(1, runtime.NumCPU()/jobs)
}

// readFile reads one document in a worker of pool.
func readFile(ctx context.Context, pool *sandbox.Pool, path, engine string) (*document.Document, []byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, nil, fmt.Errorf("%s: không phải là tệp", path)
	}
	if info.Size() > maxFile {
		return nil, nil, fmt.Errorf("%s: tệp %d MB, quá lớn đối với một báo cáo", path, info.Size()>>20)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, nil, err
	}
	doc, err := pool.ReadBytes(ctx, path, data, extract.Options{Engine: engine, Parallel: pagesAtOnce(1)})
	if killed := (*sandbox.Killed)(nil); errors.As(err, &killed) {
		err = fmt.Errorf("read %s: %w", path, err)
	}
	return doc, data, err
}

// report extracts and normalises one document.
func report(set *rules.Set, doc *document.Document, from normalize.Source) (*normalize.Report, rules.Result, error) {
	res := set.Extract(doc)
	rep, err := normalize.Build(doc, res, from)
	return rep, res, err
}

// classify gives the ledger's state of a reading error.
func classify(err error) (db.State, string) {
	var killed *sandbox.Killed
	switch {
	case errors.Is(err, sandbox.ErrStart):
		return db.Pending, err.Error() // not the file's fault
	case errors.As(err, &killed):
		return db.Unreadable, err.Error()
	case errors.Is(err, extract.ErrNeedsOCR):
		return db.NeedsOCR, err.Error()
	case errors.Is(err, extract.ErrUnsupported), errors.Is(err, extract.ErrNotDocument):
		return db.Unsupported, err.Error()
	}
	return "", ""
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// This file holds the command that shows the ledger: what was offered and what
// became of it.
package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"baocao/cmd/internal/render"
	"baocao/db"
	"baocao/extract/document"
)

type statusOptions struct {
	failed bool
	states []string
}

func (a *app) statusCommand() *cobra.Command {
	var o statusOptions
	c := &cobra.Command{
		Use: a.say("status [ĐƯỜNG_DẪN]", "status [PATH]"), Short: a.say("Sổ theo dõi tệp: trạng thái và lý do", "The ledger of files: states and reasons"), Args: cobra.MaximumNArgs(1),
		Long: a.say(`Sổ theo dõi tệp. Không có gì thêm: tổng hợp. Với --failed hoặc --state: danh sách tệp. Với đường dẫn của một tệp:
mọi điều đã ghi về tệp đó, gồm từng trang được đọc bằng gì; của một thư mục: các tệp bên trong.

Trạng thái (dùng cho --state): `,
			`The ledger of files. With nothing more: a summary. With --failed or --state: a list of files. With the path of a file: all that
is recorded of it, and what each page was read with; of a folder: the files inside.

States (for --state): `) + stateList() + a.exitHelp(),
		Example: "  baocao status\n  baocao status --failed\n  baocao status --state superseded\n  baocao status luu-tru/2023-05/quang-khai.pdf",
		RunE: func(cmd *cobra.Command, args []string) error {
			filter, err := o.filter(args)
			if err != nil {
				return err
			}
			store, err := a.open(cmd.Context(), false)
			if err != nil {
				return err
			}
			defer store.Close()
			if filter.States == nil && filter.Under == "" {
				return a.status(cmd.Context(), store)
			}
			return a.ledger(cmd.Context(), store, filter, args)
		},
	}
	c.Flags().BoolVar(&o.failed, "failed", false, a.say("liệt kê những tệp cần xem lại: chưa đọc được hoặc không được hỗ trợ", "list the files to be looked at: not read, or of a kind that is not supported"))
	c.Flags().StringSliceVar(&o.states, "state", nil, a.say("liệt kê những tệp ở trạng thái này", "list the files in this state"))
	return c
}

func stateList() string {
	var names []string
	for _, s := range db.States() {
		names = append(names, string(s))
	}
	return strings.Join(names, ", ")
}

func (o statusOptions) filter(args []string) (f db.FileFilter, err error) {
	for _, s := range db.States() {
		if o.failed && faulty(s) || contains(o.states, string(s)) {
			f.States = append(f.States, s)
		}
	}
	for _, s := range o.states {
		if !contains(strings.Split(stateList(), ", "), s) {
			return f, usage("không có trạng thái %q; dùng: %s", s, stateList())
		}
	}
	if len(args) > 0 {
		f.Under, err = filepath.Abs(args[0])
	}
	return f, err
}

// statusJSON is the summary; fileJSON one row of the ledger. Their names are
// described in README.md.
type statusJSON struct {
	Files       map[string]int `json:"files"`
	Documents   int            `json:"documents"`
	Reports     map[string]int `json:"reports"`
	Units       int            `json:"units"`
	Periods     int            `json:"periods"`
	NoUnit      int            `json:"reports_without_unit"`
	NoPeriod    int            `json:"reports_without_period"`
	Figures     int            `json:"figures"`
	Unexplained int            `json:"unexplained_numbers"`
	Findings    map[string]int `json:"findings"`
	Incomplete  int            `json:"documents_read_in_part"`
	Rivals      []rivalsJSON   `json:"rival_reports"` // current both: none may replace the other
	Alike       []alikeJSON    `json:"units_alike"`   // names that differ in marks only
	RuleSet     string         `json:"rule_set"`
	OldRules    int            `json:"documents_under_other_rules"`
}

type rivalsJSON struct {
	Unit   string `json:"unit"`
	Period string `json:"period"`
	Path   string `json:"path"`
	Other  string `json:"other"`
}

type alikeJSON struct {
	Unit  string `json:"unit"`
	Other string `json:"other"`
}

type fileJSON struct {
	Path      string     `json:"path"`
	State     string     `json:"state"`
	Reason    string     `json:"reason,omitempty"`
	Other     string     `json:"other,omitempty"`
	Size      int64      `json:"size"`
	Modified  *time.Time `json:"modified,omitempty"`
	SHA256    string     `json:"sha256,omitempty"`
	Report    int64      `json:"report,omitempty"`
	Attempts  int        `json:"attempts"`
	Engine    string     `json:"engine,omitempty"`
	RuleSet   string     `json:"rule_set,omitempty"`
	FirstSeen time.Time  `json:"first_seen"`
	LastSeen  time.Time  `json:"last_seen"`
	Pages     []pageJSON `json:"pages,omitempty"`
}

type pageJSON struct {
	Page   int    `json:"page"` // 0 in a format without pages
	Engine string `json:"engine"`
	Note   string `json:"note,omitempty"`
}

// mostRivals is how many pairs of rival reports are named.
const mostRivals = 10

// status prints the summary.
func (a *app) status(ctx context.Context, store *db.DB) error {
	s, err := store.Status(ctx)
	if err != nil {
		return err
	}
	hash, err := a.ruleHash()
	if err != nil {
		return err
	}
	old := s.Documents - s.RuleSets[hash]
	if a.format == "json" {
		out := statusJSON{Files: map[string]int{}, Documents: s.Documents, Reports: s.Reports, Units: s.Units, Periods: s.Periods, NoUnit: s.NoUnit,
			NoPeriod: s.NoPeriod, Figures: s.Figures, Unexplained: s.Unexplained, Findings: s.Findings, RuleSet: hash, OldRules: old,
			Incomplete: s.Incomplete, Rivals: []rivalsJSON{}, Alike: []alikeJSON{}}
		for _, x := range s.Alike {
			out.Alike = append(out.Alike, alikeJSON(x))
		}
		for _, r := range s.Rivals {
			out.Rivals = append(out.Rivals, rivalsJSON{r.Unit, r.Period, jsonPath(r.Path), jsonPath(r.Other)})
		}
		for state, n := range s.Files {
			out.Files[string(state)] = n
		}
		return json.NewEncoder(a.out).Encode(out)
	}
	t := render.Table{Name: "status", Columns: []render.Column{{Key: "what", Title: a.say("Nội dung", "What")}, {Key: "count", Title: a.say("Số lượng", "Count"), Right: true}}}
	add := func(name string, n int) { t.Add(render.Text(name), render.Count(n)) }
	add(a.say("Tệp trong sổ", "Files in the ledger"), s.Total())
	for _, state := range db.States() {
		if n := s.Files[state]; n > 0 {
			add("  "+a.stateName(state), n)
		}
	}
	add(a.say("Báo cáo đang có hiệu lực", "Current reports"), s.Reports["current"])
	add(a.say("  đơn vị", "  units"), s.Units)
	add(a.say("  kỳ báo cáo", "  periods"), s.Periods)
	if s.NoUnit > 0 {
		add(a.say("  không rõ đơn vị", "  without a known unit"), s.NoUnit)
	}
	if s.NoPeriod > 0 {
		add(a.say("  không rõ kỳ", "  without a known period"), s.NoPeriod)
	}
	if s.Incomplete > 0 {
		add(a.say("Văn bản đọc thiếu (trang hỏng, bị cắt)", "Documents read in part (damaged or cut off)"), s.Incomplete)
	}
	add(a.say("Số liệu", "Figures"), s.Figures)
	add(a.say("Số chưa hiểu", "Numbers not understood"), s.Unexplained)
	if err := a.print(t); err != nil || a.format == "csv" {
		return err
	}
	failed := 0
	for state, n := range s.Files {
		if faulty(state) {
			failed += n
		}
	}
	if failed > 0 {
		fmt.Fprintf(a.err, a.say("%s tệp cần xem lại: baocao status --failed\n", "%s files to look at: baocao status --failed\n"), a.number(fmt.Sprint(failed)))
	}
	for i, x := range s.Alike {
		if i == mostRivals {
			fmt.Fprintf(a.err, a.say("còn %d cặp tên đơn vị khác như vậy (--format json)\n", "%d more such pairs of names (--format json)\n"), len(s.Alike)-i)
			break
		}
		fmt.Fprintf(a.err, a.say("%s và %s cùng thuộc một nơi, tên chỉ khác dấu: có thể là một đơn vị, tên bị gõ hoặc nhận dạng sai\n",
			"%s and %s lie under the same unit and differ in marks only: perhaps one unit, misspelled or misread\n"), x.Unit, x.Other)
	}
	for i, r := range s.Rivals {
		if i == mostRivals {
			fmt.Fprintf(a.err, a.say("còn %d cặp báo cáo khác như vậy (--format json)\n", "%d more such pairs (--format json)\n"), len(s.Rivals)-i)
			break
		}
		fmt.Fprintf(a.err, a.say("%s, %s: hai báo cáo cùng có hiệu lực mà ghi khác nhau, chưa rõ bản nào thay bản nào:\n  %s\n  %s\n",
			"%s, %s: two reports are current and contradict each other, nothing tells which replaces which:\n  %s\n  %s\n"), r.Unit, r.Period, shownPath(r.Path), shownPath(r.Other))
	}
	if old > 0 {
		fmt.Fprintf(a.err, a.say("%s văn bản được trích bằng bộ quy tắc khác: baocao reprocess\n", "%s documents were extracted under other rules: baocao reprocess\n"), a.number(fmt.Sprint(old)))
	}
	return nil
}

// ledger lists files; one file that was named is shown with all that is known.
func (a *app) ledger(ctx context.Context, store *db.DB, filter db.FileFilter, args []string) error {
	files, err := store.Files(ctx, filter)
	if err != nil {
		return err
	}
	if len(files) == 0 {
		if len(args) > 0 && filter.States == nil {
			return &exitError{exitFailed, fmt.Errorf(a.say("%s không có trong sổ: chưa được nhập", "%s is not in the ledger: it was not imported"), args[0])}
		}
		if a.format == "table" {
			fmt.Fprintln(a.out, a.say("Không có tệp nào như vậy.", "There is no such file."))
			return nil
		}
	}
	one := len(files) == 1 && files[0].Path == filter.Under
	if a.format == "json" {
		for _, f := range files {
			j := fileToJSON(f)
			if one {
				if j.Pages, err = a.pages(ctx, store, f); err != nil {
					return err
				}
			}
			if err := json.NewEncoder(a.out).Encode(j); err != nil {
				return err
			}
		}
		return nil
	}
	if one && a.format == "table" {
		return a.fileDetails(ctx, store, files[0])
	}
	t := render.Table{Name: "files", Columns: []render.Column{{Key: "file", Title: a.say("Tệp", "File"), Width: 40}, {Key: "state", Title: a.say("Trạng thái", "State"), Width: 16},
		{Key: "reason", Title: a.say("Lý do", "Reason"), Width: 38}}}
	base := ""
	if a.format == "table" {
		base = commonFolder(files)
		if base != "" {
			t.Title = fmt.Sprintf(a.say("Trong %s", "In %s"), base)
		}
	} else {
		t.Columns = append(t.Columns, render.Column{Key: "other", Title: a.say("Tệp kia", "Other")}, render.Column{Key: "attempts", Title: a.say("Số lần đọc", "Attempts")},
			render.Column{Key: "last_seen", Title: a.say("Lần cuối", "Last seen")})
	}
	for _, f := range files {
		path, reason, other := shownPath(f.Path), a.reason(f.Reason), shownPath(f.Other)
		if a.format == "table" {
			if other != "" {
				reason += ": " + strings.TrimPrefix(other, base)
			}
			t.Add(render.Text(strings.TrimPrefix(path, base)), render.Text(a.stateName(f.State)), render.Text(reason))
			continue
		}
		t.Add(render.Text(path), render.Text(a.stateName(f.State)), render.Text(reason), render.Text(other), render.Count(f.Attempts), render.Text(f.LastSeen.Format(time.RFC3339)))
	}
	return a.print(t)
}

// commonFolder gives the folder that all files lie in, with the separator at its
// end, "" where there is none worth naming.
func commonFolder(files []db.File) string {
	base := ""
	for i, f := range files {
		path := shownPath(f.Path)
		dir := path[:strings.LastIndexAny(path, `/\`)+1]
		if i == 0 {
			base = dir
		}
		for !strings.HasPrefix(dir, base) {
			base = base[:strings.LastIndexAny(base[:len(base)-1], `/\`)+1]
		}
	}
	if strings.Trim(base, `/\`) == "" {
		return ""
	}
	return base
}

func fileToJSON(f db.File) fileJSON {
	j := fileJSON{Path: jsonPath(f.Path), State: string(f.State), Reason: f.Reason, Other: jsonPath(f.Other), Size: f.Size, SHA256: f.SHA256,
		Report: f.ReportID, Attempts: f.Attempts, Engine: f.Engine, RuleSet: f.RuleSetHash, FirstSeen: f.FirstSeen, LastSeen: f.LastSeen}
	if !f.Modified.IsZero() {
		modified := f.Modified.UTC()
		j.Modified = &modified
	}
	return j
}

// pages says which page of a stored file was read by which means.
func (a *app) pages(ctx context.Context, store *db.DB, f db.File) ([]pageJSON, error) {
	if f.DocumentID == 0 {
		return nil, nil
	}
	doc, err := store.Document(ctx, f.DocumentID)
	if err != nil {
		return nil, err
	}
	var list []pageJSON
	for _, p := range doc.Pages {
		list = append(list, pageJSON{p.Number, p.Engine, p.Note})
	}
	return list, nil
}

// fileDetails prints all that the ledger knows of one file.
func (a *app) fileDetails(ctx context.Context, store *db.DB, f db.File) error {
	line := func(name, value string) {
		if value != "" {
			fmt.Fprintf(a.out, "%s: %s\n", name, value)
		}
	}
	line(a.say("Tệp", "File"), shownPath(f.Path))
	line(a.say("Trạng thái", "State"), a.stateName(f.State))
	line(a.say("Lý do", "Reason"), a.reason(f.Reason))
	line(a.say("Tệp kia", "Other file"), shownPath(f.Other))
	if f.ReportID > 0 {
		line(a.say("Báo cáo", "Report"), fmt.Sprintf("baocao show %d", f.ReportID))
	}
	if f.Size >= 0 {
		line(a.say("Cỡ", "Size"), a.number(fmt.Sprint(f.Size))+" byte")
	}
	line("SHA-256", f.SHA256)
	line(a.say("Số lần đọc", "Attempts"), fmt.Sprint(f.Attempts))
	line(a.say("Thấy lần đầu", "First seen"), a.clock(f.FirstSeen))
	line(a.say("Thấy lần cuối", "Last seen"), a.clock(f.LastSeen))
	line(a.say("Bộ quy tắc", "Rule set"), f.RuleSetHash)
	if f.DocumentID == 0 {
		line(a.say("Bộ đọc", "Reader"), f.Engine)
		return nil
	}
	doc, err := store.Document(ctx, f.DocumentID)
	if err != nil {
		return err
	}
	line(a.say("Bộ đọc", "Reader"), fmt.Sprintf(a.say("%s, bảng mã %s", "%s, encoding %s"), doc.Engine, doc.Encoding))
	for _, p := range a.readBy(doc.Pages) {
		fmt.Fprintln(a.out, "  "+p)
	}
	for _, w := range a.readerNotes(doc) {
		line(a.say("Chú ý", "Note"), w)
	}
	return nil
}

// readBy gives runs of pages that were read alike: "trang 1-3: pdf".
func (a *app) readBy(pages []document.Page) []string {
	var list []string
	for i := 0; i < len(pages); {
		j := i + 1
		for j < len(pages) && pages[j].Engine == pages[i].Engine && pages[j].Note == pages[i].Note {
			j++
		}
		run := a.say("trang ", "page ") + fmt.Sprint(pages[i].Number)
		if pages[i].Number == 0 {
			run = a.say("cả tệp", "whole file") // a format without pages
		} else if j > i+1 {
			run += fmt.Sprintf("-%d", pages[j-1].Number)
		}
		run += ": " + cmp.Or(pages[i].Engine, "-")
		if pages[i].Note != "" {
			run += " (" + pages[i].Note + ")"
		}
		list = append(list, run)
		i = j
	}
	return list
}

// clock gives a time as an office writes it, in the time zone of the computer.
func (a *app) clock(t time.Time) string {
	if t.IsZero() {
		return "-"
	}
	return t.Local().Format(a.say("15:04 ngày 02/01/2006", "2006-01-02 15:04"))
}

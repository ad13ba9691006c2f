// This file holds the command that writes everything into one workbook or page.
package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"baocao/cmd/internal/render"
	"baocao/db"
	"baocao/db/check"
	"baocao/db/trend"
	"baocao/normalize/vntext"
)

type exportOptions struct {
	selection
	xlsx, html string
	by         string
	last       int
}

func (a *app) exportCommand() *cobra.Command {
	var o exportOptions
	c := &cobra.Command{
		Use: "export", Short: a.say("Ghi toàn bộ số liệu theo tháng vào một sổ Excel hoặc một trang HTML", "Write all figures by month into an Excel workbook or an HTML page"), Args: cobra.NoArgs,
		Annotations: formatsOnly("table"),
		Long: a.say(`Sổ Excel có: bảng tổng hợp theo đơn vị, mỗi nhóm chỉ tiêu (hoặc mỗi đơn vị) một trang tính, biểu đồ, mâu thuẫn đang mở,
nguồn số liệu. Ô có số liệu nghi vấn được tô màu và có chú thích. Trang HTML có: tổng quan, độ phủ, biểu đồ từng đơn vị, biến động
lớn, mâu thuẫn đang mở kèm câu trong báo cáo; mở được không cần mạng, in được.`,
			`The workbook has a summary by unit, a sheet for each group of indicators (or each unit), charts, open contradictions and the
sources of the figures. Cells with doubtful figures are coloured and carry comments. The page has an overview, coverage, charts
of each unit, large changes and open contradictions with the sentences of the reports; it needs no network and can be printed.`),
		Example: "  baocao export --xlsx tong-hop.xlsx\n  baocao export --html bao-cao.html --last 12\n  baocao export --xlsx theo-xa.xlsx --by unit",
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.export(cmd.Context(), o) },
	}
	a.selectionFlags(c, &o.selection)
	f := c.Flags()
	f.StringVar(&o.xlsx, "xlsx", "", a.say("ghi sổ Excel vào tệp này", "write the workbook into this file"))
	f.StringVar(&o.html, "html", "", a.say("ghi trang HTML vào tệp này", "write the page into this file"))
	f.StringVar(&o.by, "by", "indicator", a.say("mỗi trang tính một nhóm chỉ tiêu (indicator) hoặc một đơn vị (unit)", "a sheet for each group of indicators (indicator) or each unit (unit)"))
	f.IntVar(&o.last, "last", 24, a.say("số tháng gần nhất (0: tất cả)", "how many of the latest months (0: all)"))
	return c
}

func (a *app) export(ctx context.Context, o exportOptions) error {
	switch {
	case a.outFile != "":
		return usage("%s", a.say("export ghi tệp bằng --xlsx TỆP hoặc --html TỆP, không dùng --out", "export writes files with --xlsx FILE or --html FILE, not --out"))
	case o.xlsx == "" && o.html == "":
		return usage("%s", a.say("cho biết ghi vào đâu: --xlsx TỆP.xlsx hoặc --html TỆP.html", "say where to write: --xlsx FILE.xlsx or --html FILE.html"))
	case o.by != "indicator" && o.by != "unit":
		return usage(a.say("--by %q không có; dùng indicator hoặc unit", "--by %q is not possible; use indicator or unit"), o.by)
	case o.last < 0:
		return usage(a.say("--last %d không hợp lệ", "--last %d is not possible"), o.last)
	}
	// Whatever is wrong with the files is said before the work is done.
	var files []*render.File
	for _, path := range []string{o.xlsx, o.html} {
		if path == "" {
			files = append(files, nil)
			continue
		}
		f, err := render.Create(path, a.force)
		if err != nil {
			return a.fileError(path, err)
		}
		defer f.Discard()
		files = append(files, f)
	}
	store, known, err := a.openFilled(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	x, err := a.gather(ctx, store, known, o)
	if err != nil {
		return err
	}
	for i, write := range []func(*render.File) error{
		func(f *render.File) error { return render.XLSX(f, x.book(o.by), render.Language(a.lang)) },
		func(f *render.File) error {
			page, err := x.page(ctx)
			if err != nil {
				return err
			}
			return render.HTML(f, page, render.Language(a.lang))
		},
	} {
		if files[i] == nil {
			continue
		}
		err := write(files[i])
		if err == nil {
			err = files[i].Commit()
		}
		if err != nil {
			return a.fileError([]string{o.xlsx, o.html}[i], err)
		}
	}
	return nil
}

// exported is what the workbook and the page are made of.
type exported struct {
	*app
	store    *db.DB
	periods  []string // months, oldest first
	grids    []trend.Grid
	breaks   map[int]string // what changed before a month, for charts
	findings []db.Finding   // open ones, errors first
	remarks  map[figureKey][]string
	coverage trend.CoverageTable
	reports  []db.ReportInfo
	skipped  []db.File // not read
	notes    []string
}

// figureKey names a figure of the tables.
type figureKey struct{ unit, period, indicator, field string }

func (a *app) gather(ctx context.Context, store *db.DB, known []string, o exportOptions) (*exported, error) {
	x := &exported{app: a, store: store, remarks: make(map[figureKey][]string)}
	units, err := store.Labels(ctx)
	if err != nil {
		return nil, err
	}
	var filter db.Filter
	if filter.Units, err = a.findUnits(units, o.units); err != nil {
		return nil, err
	}
	if filter.Parents, err = a.findParents(ctx, store, units, o.parents); err != nil {
		return nil, err
	}
	if x.reports, err = store.Reports(ctx, filter); err != nil {
		return nil, err
	}
	if x.skipped, err = store.Files(ctx, db.FileFilter{States: []db.State{db.NeedsOCR, db.Unreadable, db.Unsupported}}); err != nil {
		return nil, err
	}
	// What the checks find now is what the marks at the figures are about.
	err = a.runChecks(ctx, store, filter.Units, check.Options{})
	if errors.Is(err, db.ErrReadOnly) {
		fmt.Fprintf(a.err, a.say("cơ sở dữ liệu %s chỉ đọc được: mâu thuẫn nêu ở đây là của lần baocao check gần nhất\n",
			"the database %s can only be read: the findings are those of the last baocao check\n"), store.Path())
	} else if err != nil {
		return nil, err
	}
	if err := x.months(ctx, filter, o.last); err != nil {
		return nil, err
	}
	if err := x.figures(ctx, known, o.selection); err != nil {
		return nil, err
	}
	return x, x.unsettled(ctx)
}

// months lists the months from the first to the last report, without long runs
// in which nobody reported, and who sent what; at most last months.
func (x *exported) months(ctx context.Context, filter db.Filter, last int) error {
	received, err := x.store.Received(ctx, filter)
	if err != nil {
		return err
	}
	var monthly []trend.Report
	for _, r := range reportsOf(received) {
		if p, err := vntext.ParsePeriod(r.Period); err == nil && p.Kind == vntext.Month && r.Unit != "" {
			monthly = append(monthly, r)
		}
	}
	if len(monthly) == 0 {
		return &exitError{exitFailed, errors.New(x.say("không có báo cáo tháng nào; xem các kỳ khác bằng baocao trend", "there is no monthly report; see other periods with baocao trend"))}
	}
	var options trend.CoverageOptions
	silent, err := x.expect(ctx, x.store, filter, &options)
	if err != nil {
		return err
	}
	result := trend.Coverage(monthly, options)
	all := result.Tables[slices.IndexFunc(result.Tables, func(t trend.CoverageTable) bool { return t.Kind == vntext.Month })]
	var gaps render.Table // only for its notes
	columns := x.expectedColumns(all, &gaps)
	if n := len(columns); last > 0 && n > last {
		x.notes = append(x.notes, fmt.Sprintf(x.say("Còn %d tháng trước %s không có ở đây: thêm --last 0.", "%d months before %s are not shown: add --last 0."), n-last, all.Periods[columns[n-last]]))
		columns = columns[n-last:]
	}
	x.notes = append(x.notes, gaps.Notes...)
	x.breaks = make(map[int]string)
	for k, i := range columns {
		x.periods = append(x.periods, all.Periods[i])
		if k > 0 && columns[k-1] != i-1 {
			x.breaks[k] = fmt.Sprintf(x.say("từ %s đến %s không có báo cáo", "no reports from %s to %s"), all.Periods[columns[k-1]+1], all.Periods[i-1])
		}
	}
	x.coverage = trend.CoverageTable{Kind: all.Kind, Periods: x.periods}
	for _, r := range all.Rows {
		row := trend.CoverageRow{Unit: r.Unit}
		for _, i := range columns {
			row.Reports, row.Late, row.InError = append(row.Reports, r.Reports[i]), append(row.Late, r.Late[i]), append(row.InError, r.InError[i])
			if slices.Contains(r.Missing, all.Periods[i]) {
				row.Missing = append(row.Missing, all.Periods[i])
			}
		}
		x.coverage.Rows = append(x.coverage.Rows, row)
	}
	if n := len(x.reports) - len(monthly); n > 0 {
		x.notes = append(x.notes, fmt.Sprintf(x.say("%d báo cáo không phải báo cáo tháng, hoặc chưa rõ đơn vị, chỉ có trong danh sách nguồn.", "%d reports that are not monthly, or whose unit is not known, are only in the list of sources."), n))
	}
	x.notes = append(x.notes, x.coverageNotes(result, silent)...)
	return nil
}

// figures loads the figures of the months.
func (x *exported) figures(ctx context.Context, known []string, s selection) error {
	s.indicators = []string{"*"}
	f, err := x.load(ctx, x.store, s, known, nil)
	if err != nil {
		return err
	}
	if len(s.fields) == 0 {
		x.notes = append(x.notes, x.say("Chưa gồm số liệu theo từng lĩnh vực: thêm --field all.", "Figures by field are not in here: add --field all."))
	}
	f.options.Periods, f.options.By = x.periods, vntext.Month
	said := make(map[string]bool)
	for _, g := range trend.Table(f.points, f.options).Tables {
		if g.Kind != vntext.Month || g.Span != "period" {
			continue
		}
		x.grids = append(x.grids, g)
		for _, r := range g.Rows {
			if r.Lineage != nil && !said[r.Unit] {
				said[r.Unit] = true
				x.merged(*r.Lineage)
				x.notes = append(x.notes, x.lineageNote(*r.Lineage))
			}
		}
	}
	return nil
}

// unsettled lists the findings that are open, errors first.
func (x *exported) unsettled(ctx context.Context) error {
	all, err := x.store.Findings(ctx, db.FindingFilter{States: []db.Verdict{db.VerdictOpen}})
	if err != nil {
		return err
	}
	chosen := make(map[string]bool)
	for _, r := range x.reports {
		chosen[r.Unit] = true
	}
	for _, f := range all {
		if chosen[f.Unit] {
			x.findings = append(x.findings, f)
		}
	}
	slices.SortStableFunc(x.findings, func(f, g db.Finding) int {
		return cmp.Compare(severityRank[string(g.Severity)], severityRank[string(f.Severity)])
	})
	x.remark()
	return nil
}

// remark collects what the open findings say of each figure.
func (x *exported) remark() {
	for _, f := range x.findings {
		if f.Severity == check.Info {
			continue
		}
		text := x.severityName(f.Severity) + " " + f.Short + ": " + x.say(f.Message, f.MessageEN)
		for _, c := range f.Figures {
			k := figureKey{f.Unit, cmp.Or(c.Period, f.Period), c.Indicator, c.Field}
			if !slices.Contains(x.remarks[k], text) {
				x.remarks[k] = append(x.remarks[k], text)
			}
		}
	}
}

// cell is a figure with what the findings say of it.
func (x *exported) cell(g trend.Grid, unit string, i int, c trend.Cell) render.Cell {
	out := x.figure(c, g.Measure == trend.Percent)
	remarks := x.remarks[figureKey{unit, g.Periods[i], g.Indicator, g.Field}]
	if len(remarks) == 0 {
		return out
	}
	if !c.InError {
		out = out.Marked("doubt")
	}
	return out.Noted(strings.Join(remarks, "\n"))
}

// exportMarks are those of figures, and that of findings that are no errors of it.
func (x *exported) exportMarks() []render.Mark {
	return append(x.marks(), render.Mark{Key: "doubt", Symbol: "?", Text: x.say("có mâu thuẫn đang mở nhắc đến số này", "an open finding names this figure")})
}

// merged adds to the breaks of charts that units were merged.
func (x *exported) merged(l trend.Lineage) {
	for i := 1; i < len(x.periods); i++ {
		p, err := vntext.ParsePeriod(x.periods[i])
		before, errBefore := vntext.ParsePeriod(x.periods[i-1])
		if err == nil && errBefore == nil && before.To < l.From && p.From >= l.From {
			x.breaks[i] = fmt.Sprintf(x.say("sáp nhập %s", "merged %s"), day(l.From))
		}
	}
}

// span names the set of reports.
func (x *exported) span() string {
	return fmt.Sprintf(x.say("%d báo cáo của %d đơn vị, từ %s đến %s", "%d reports of %d units, from %s to %s"),
		len(x.reports), len(x.coverage.Rows), x.periods[0], x.periods[len(x.periods)-1])
}

// source says what the export was made from.
func (x *exported) source() string {
	hashes := make(map[string]bool)
	for _, r := range x.reports {
		hashes[r.RuleSetHash[:min(12, len(r.RuleSetHash))]] = true
	}
	var list []string
	for h := range hashes {
		list = append(list, h)
	}
	slices.Sort(list)
	return fmt.Sprintf(x.say("Lập từ cơ sở dữ liệu %s; bộ quy tắc %s.", "Made from the database %s; rule set %s."), filepath.Base(x.db), strings.Join(list, ", "))
}

// count counts the open findings of a severity, of one unit or ("") of all.
func (x *exported) count(unit string, s check.Severity) int {
	n := 0
	for _, f := range x.findings {
		if f.Severity == s && (unit == "" || f.Unit == unit) {
			n++
		}
	}
	return n
}

// grid finds the table of an indicator for whole units, nil where nobody reported it.
func (x *exported) grid(indicator string) *trend.Grid {
	i := slices.IndexFunc(x.grids, func(g trend.Grid) bool { return g.Indicator == indicator && g.Field == "" })
	if i < 0 {
		return nil
	}
	return &x.grids[i]
}

// keyIndicators are those that the summary and the charts show.
func keyIndicators() []string {
	return []string{"dossiers.received", "dossiers.resolved", "dossiers.in_process", "dossiers.resolved_late", "dossiers.resolved_on_time_rate", "online.rate"}
}

// chartIndicators are those that are drawn for each unit.
func chartIndicators() []string {
	return []string{"dossiers.received", "dossiers.resolved", "online.rate"}
}

// family is the part of an indicator's id that names its group.
func family(indicator string) string {
	f, _, _ := strings.Cut(indicator, ".")
	return f
}

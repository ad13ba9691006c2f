// This file holds the commands about what the rules do not know: coverage, draft.
package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"

	"github.com/spf13/cobra"

	"baocao/cmd/internal/render"
	"baocao/db"
	"baocao/extract/rules"
)

type coverageOptions struct {
	units, periods []string
	least          int // reports that a wording must stand in
	limit          int
}

func (a *app) rulesCoverageCommand() *cobra.Command {
	var o coverageOptions
	c := &cobra.Command{
		Use: "coverage", Short: a.say("Những cách viết quanh số mà chưa quy tắc nào hiểu, hay gặp nhất trước", "Wordings around numbers that no rule understands, the most frequent first"), Args: cobra.NoArgs,
		Long: a.say(`Đọc lại các báo cáo trong cơ sở dữ liệu bằng bộ quy tắc đang dùng và gom các số chưa hiểu theo cách viết:
chữ số thành #, tên địa phương thành <tên>, ngày tháng thành <ngày> và <kỳ>.
Số thứ tự ở cột đầu dùng được cho baocao rules draft.`,
			`Read the reports of the database again with the rules in use and group the numbers that are not understood by their wording:
digits become #, names of places <tên>, dates and periods <ngày> and <kỳ>.
The number in the first column is what baocao rules draft takes.`),
		Example: "  baocao rules coverage\n  baocao rules coverage --rules quy-tac-cua-toi --unit \"Xã Quang Khải\"\n  baocao rules draft 1 > quy-tac-cua-toi/moi.yaml",
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.rulesCoverage(cmd.Context(), o) },
	}
	a.coverageFlags(c, &o)
	c.Flags().IntVar(&o.limit, "limit", 40, a.say("in nhiều nhất bấy nhiêu cách viết; 0: tất cả", "print at most this many wordings; 0: all"))
	return c
}

func (a *app) coverageFlags(c *cobra.Command, o *coverageOptions) {
	f := c.Flags()
	f.StringSliceVar(&o.units, "unit", nil, a.say("chỉ đơn vị này", "only this unit"))
	f.StringSliceVar(&o.periods, "period", nil, a.say("chỉ kỳ này, ví dụ 2023-05", "only this period, such as 2023-05"))
	f.IntVar(&o.least, "min", 1, a.say("chỉ cách viết có trong ít nhất bấy nhiêu báo cáo", "only wordings that stand in at least this many reports"))
}

func (a *app) rulesCoverage(ctx context.Context, o coverageOptions) error {
	coverage, list, err := a.coverage(ctx, o)
	if err != nil {
		return err
	}
	numbers := 0
	for _, n := range coverage.Numbers {
		numbers += n
	}
	t := render.Table{Name: "wordings", Title: fmt.Sprintf(a.say("%s báo cáo có %s số: %s là số liệu, %s chưa hiểu, với %s cách viết", "%s reports hold %s numbers: %s are figures, %s are not understood, in %s wordings"),
		a.whole(coverage.Reports), a.whole(numbers), a.whole(coverage.Numbers[rules.ClassFigure]), a.whole(coverage.Numbers[rules.Unexplained]), a.whole(len(list))),
		Columns: []render.Column{{Key: "no", Title: a.say("Số", "No."), Right: true}, {Key: "wording", Title: a.say("Cách viết", "Wording"), Width: 38},
			{Key: "reports", Title: a.say("Báo cáo", "Reports"), Right: true}, {Key: "units", Title: a.say("Đơn vị", "Units"), Right: true},
			{Key: "count", Title: a.say("Lần", "Times"), Right: true}, {Key: "file", Title: a.say("Ví dụ", "Example"), Width: 24},
			{Key: "page", Title: a.say("Trang", "Page"), Right: true}, {Key: "line", Title: a.say("Dòng", "Line"), Right: true}},
		Empty: a.say("Không có số nào chưa hiểu.", "No number is left unexplained.")}
	shown := list
	if o.limit > 0 {
		shown = list[:min(o.limit, len(list))]
	}
	for i := range shown {
		w := &shown[i]
		file := w.Example.File
		if a.format == "table" {
			file = filepath.Base(file)
		}
		t.Add(render.Count(i+1), render.Text(w.Text), render.Count(w.Reports), render.Count(w.Units), render.Count(w.Count),
			render.Text(file), page(w.Example.Page), render.Count(w.Example.Line))
	}
	if left := len(list) - len(shown); left > 0 {
		t.Notes = append(t.Notes, fmt.Sprintf(a.say("Còn %s cách viết nữa: --limit 0 in tất cả.", "%s more wordings: --limit 0 prints all."), a.whole(left)))
	}
	return a.print(t)
}

// whole writes a whole number in the reader's notation.
func (a *app) whole(n int) string { return a.number(strconv.Itoa(n)) }

// coverage reads the current reports of the database again with the rules in use.
func (a *app) coverage(ctx context.Context, o coverageOptions) (*rules.Coverage, []rules.Wording, error) {
	if o.least < 1 || o.limit < 0 {
		return nil, nil, usage("%s", a.say("--min phải từ 1, --limit từ 0 trở lên", "--min must be 1 or more, --limit 0 or more"))
	}
	set, err := a.ruleSet()
	if err != nil {
		return nil, nil, err
	}
	store, err := a.open(ctx, false)
	if err != nil {
		return nil, nil, err
	}
	defer store.Close()
	if o.units, err = a.knownUnits(ctx, store, o.units); err != nil {
		return nil, nil, err
	}
	if err := a.knownPeriods(ctx, store, o.periods); err != nil {
		return nil, nil, err
	}
	infos, err := store.Reports(ctx, db.Filter{Units: o.units, Periods: o.periods})
	if err != nil {
		return nil, nil, err
	}
	coverage := rules.NewCoverage(set)
	for _, info := range infos {
		doc, err := store.Document(ctx, info.DocumentID)
		if err != nil {
			return nil, nil, err
		}
		coverage.Add(info.Path, info.Unit, doc)
	}
	var list []rules.Wording
	for _, w := range coverage.Wordings() {
		if w.Reports >= o.least {
			list = append(list, w)
		}
	}
	return coverage, list, nil
}

func (a *app) rulesDraftCommand() *cobra.Command {
	var o coverageOptions
	c := &cobra.Command{
		Annotations: formatsOnly("table"), Use: a.say("draft [SỐ...]", "draft [NUMBER...]"), Short: a.say("Viết nháp quy tắc cho những cách viết mà rules coverage nêu", "Draft rules for wordings that rules coverage names"),
		Long: a.say(`In YAML cho những cách viết có số thứ tự đã cho (không cho số nào: cách viết thứ nhất), với câu trong báo cáo làm ví dụ.
Chỉ tiêu do máy đoán theo tên gọi, người dùng phải xem lại; sau đó chạy baocao rules test THƯ_MỤC.`,
			`Print YAML for the wordings of these numbers (none: the first), with the sentences of reports as examples.
The indicator is guessed from the words and has to be looked at; then run baocao rules test FOLDER.`),
		Example: "  baocao rules draft 1 4 > quy-tac-cua-toi/moi.yaml\n  baocao rules test quy-tac-cua-toi",
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.rulesDraft(cmd.Context(), o, args)
		},
	}
	a.coverageFlags(c, &o)
	return c
}

func (a *app) rulesDraft(ctx context.Context, o coverageOptions, args []string) error {
	_, list, err := a.coverage(ctx, o)
	if err != nil {
		return err
	}
	if len(list) == 0 {
		fmt.Fprintln(a.err, a.say("Không có số nào chưa hiểu.", "No number is left unexplained."))
		return nil
	}
	if len(args) == 0 {
		args = []string{"1"}
	}
	var wanted []rules.Wording
	for _, arg := range args {
		n, err := strconv.Atoi(arg)
		if err != nil || n < 1 || n > len(list) {
			return usage(a.say("không có cách viết số %q: baocao rules coverage nêu từ 1 đến %d", "there is no wording %q: baocao rules coverage lists 1 to %d"), arg, len(list))
		}
		wanted = append(wanted, list[n-1])
	}
	text, err := rules.DraftFile(a.set, wanted, list)
	if errors.Is(err, rules.ErrNoDraft) {
		return usage(a.say("không viết được quy tắc: %v", "no rule can be written: %v"), err)
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprint(a.out, text)
	return err
}

// page is the cell of a page; plain text has none.
func page(n int) render.Cell {
	if n == 0 {
		return render.Cell{}
	}
	return render.Count(n)
}

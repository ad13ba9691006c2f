// This file holds the commands about administrative units.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"baocao/cmd/internal/render"
	"baocao/db"
	"baocao/normalize/place"
)

func (a *app) unitsCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "units", Short: a.say("Danh mục đơn vị hành chính: nạp, liệt kê, tra cứu, đối chiếu", "Lists of administrative units: load, list, look up, match"),
		Long: a.say(`Không có danh mục, đơn vị được nhận ra theo tên và đơn vị cấp trên ghi trong báo cáo.
Có danh mục (tệp Excel, CSV, TSV hoặc JSON), baocao biết mã, thời gian hiệu lực và việc sáp nhập:
số liệu của các xã cũ được cộng vào xã mới, xã bị chia tách thì không.`,
			`Without a list, units are known by their names and the units above them in the reports.
With one (Excel, CSV, TSV or JSON) baocao knows codes, validity and mergers:
figures of former communes are added into the new one, those of divided communes are not.`),
	}
	var replace bool
	load := &cobra.Command{
		Annotations: formatsOnly("table"), Use: a.say("load TỆP...", "load FILE..."), Short: a.say("Nạp danh mục đơn vị, ghép với các tệp đã nạp", "Load lists of units, put together with those loaded before"), Args: cobra.MinimumNArgs(1),
		Long: a.say(`Nạp danh mục đơn vị từ tệp Excel (.xlsx), CSV, TSV hoặc JSON. Ba loại bảng được nhận ra theo dòng tiêu đề:
- danh mục của Cục Thống kê: Mã PX, Phường Xã, Mã TP, Tỉnh Thành Phố; có thêm Mã QH, Quận Huyện thì là danh mục trước 1/7/2025;
- bảng chuyển đổi khi sáp nhập: old_code, old_name, ..., new_code, new_name, ..., kind;
- lịch sử đơn vị: code, full_name, parent_code, parent_level, first_effective, gone_from.
Trong tệp Excel, phía trên dòng tiêu đề có thể có các dòng khác; trang không có dòng tiêu đề như vậy được bỏ qua nếu trang khác có.`,
			`Load lists of units from Excel (.xlsx), CSV, TSV or JSON files. Three kinds of tables are known by their header:
- the list of the Statistics Office: "Mã PX, Phường Xã, Mã TP, Tỉnh Thành Phố"; with "Mã QH, Quận Huyện" it is one from before 1 July 2025;
- the conversion table of the mergers: old_code, old_name, ..., new_code, new_name, ..., kind;
- the history of units: code, full_name, parent_code, parent_level, first_effective, gone_from.
In a workbook there may be other rows above the header; sheets without such a header are passed over if another has one.`),
		Example: "  baocao units load danh-muc.xlsx\n  baocao units load sap-nhap-2025.tsv danh-muc-hien-hanh.json",
		RunE:    func(cmd *cobra.Command, args []string) error { return a.loadUnits(cmd.Context(), args, replace) },
	}
	load.Flags().BoolVar(&replace, "replace", false, a.say("bỏ các tệp đã nạp trước", "drop the files loaded before"))
	var parents []string
	var on, level string
	list := &cobra.Command{
		Use: "list", Short: a.say("Liệt kê đơn vị trong danh mục", "List the units of the lists"), Args: cobra.NoArgs, Example: "  baocao units list --parent \"Huyện Tứ Kỳ\" --on 2025-06-30",
		RunE: func(cmd *cobra.Command, _ []string) error { return a.listUnits(cmd.Context(), parents, on, level) },
	}
	list.Flags().StringArrayVar(&parents, "parent", nil, a.say("chỉ các đơn vị thuộc huyện hoặc tỉnh này", "only units under this district or province"))
	list.Flags().StringVar(&on, "on", "", a.say("chỉ các đơn vị có hiệu lực vào ngày này (2025-06-30)", "only units that are valid on this day (2025-06-30)"))
	list.Flags().StringVar(&level, "level", "", a.say("commune, district hoặc province", "commune, district or province"))
	show := &cobra.Command{
		Use: a.say("show TÊN", "show NAME"), Short: a.say("Một đơn vị: mã, cấp trên, thời gian hiệu lực, trước và sau sáp nhập", "A unit: code, units above, validity, before and after mergers"), Args: cobra.MinimumNArgs(1), Example: "  baocao units show \"Xã Quang Khải\"",
		RunE: func(cmd *cobra.Command, args []string) error { return a.showUnits(cmd.Context(), args) },
	}
	match := &cobra.Command{
		Use: "match", Short: a.say("Đối chiếu đơn vị trong báo cáo với danh mục", "Match the units of the reports with the lists"), Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.matchUnits(cmd.Context()) },
	}
	c.AddCommand(load, list, show, match)
	return c
}

func (a *app) loadUnits(ctx context.Context, paths []string, replace bool) error {
	var files []db.PlaceFile
	for _, p := range paths {
		content, err := os.ReadFile(p)
		if err != nil {
			return usage(a.say("không đọc được tệp danh mục %s: %v", "the list %s cannot be read: %v"), p, err)
		}
		files = append(files, db.PlaceFile{Name: filepath.Base(p), Content: content})
	}
	store, err := a.open(ctx, true)
	if err != nil {
		return err
	}
	defer store.Close()
	n, err := store.LoadPlaces(ctx, files, replace)
	var faults *place.Faults
	if errors.As(err, &faults) {
		return &exitError{exitUsage, errors.New(a.say("danh mục có lỗi, chưa nạp gì; sửa rồi nạp lại:\n", "the list has faults, nothing was loaded; correct them and load it again:\n") + a.say(faults.Vietnamese(), faults.Error()))}
	}
	if err != nil {
		return err
	}
	lists, err := store.PlaceLists(ctx)
	if err != nil {
		return err
	}
	names := make([]string, len(lists))
	for i, l := range lists {
		names[i] = l.Name
	}
	fmt.Fprintf(a.out, a.say("Danh mục có %s đơn vị, từ: %s\n", "The list has %s units, from: %s\n"), a.number(fmt.Sprint(n)), strings.Join(names, ", "))
	return nil
}

// places opens the database and loads what the lists say of the names; no lists
// is an error that says what to do.
func (a *app) places(ctx context.Context, names []string) (*db.DB, *place.Table, error) {
	store, err := a.open(ctx, false)
	if err != nil {
		return nil, nil, err
	}
	lists, err := store.PlaceLists(ctx)
	if err == nil && len(lists) == 0 {
		err = &exitError{exitFailed, errors.New(a.say("chưa nạp danh mục đơn vị nào: nạp bằng baocao units load TỆP", "no list of units was loaded: load one with baocao units load FILE"))}
	}
	if err != nil {
		return nil, nil, errors.Join(err, store.Close())
	}
	table, err := store.Places(ctx, names)
	if err != nil {
		return nil, nil, errors.Join(err, store.Close())
	}
	return store, table, nil
}

func (a *app) listUnits(ctx context.Context, parents []string, on, level string) error {
	wanted := place.LevelOf(level)
	if level != "" && wanted == place.NoLevel {
		return usage(a.say("--level %q không có; dùng commune, district hoặc province", "--level %q is not known; use commune, district or province"), level)
	}
	store, table, err := a.places(ctx, nil)
	if err != nil {
		return err
	}
	defer store.Close()
	t := a.unitList()
	var names []string
	found := make(map[string]bool)
	for _, u := range table.Units() {
		names = append(names, u.Parents...)
		of := slices.ContainsFunc(parents, func(p string) bool {
			ok := under(u.Parents, p)
			found[p] = found[p] || ok
			return ok
		})
		if (len(parents) == 0 || of) && u.ValidOn(on) && (level == "" || u.Level == wanted) {
			a.addUnit(&t, u)
		}
	}
	for _, p := range parents {
		if !found[p] {
			slices.Sort(names)
			return usage(a.say("danh mục không có đơn vị cấp trên %q%s", "the list has no unit above called %q%s"), p, a.suggestion(p, slices.Compact(names)))
		}
	}
	return a.print(t)
}

func (a *app) unitList() render.Table {
	return render.Table{Name: "units", Pinned: 2, Columns: []render.Column{{Key: "code", Title: a.say("Mã", "Code")}, {Key: "name", Title: a.say("Tên", "Name"), Width: 26},
		{Key: "level", Title: a.say("Cấp", "Level")}, {Key: "parents", Title: a.say("Cấp trên", "Above"), Width: 34},
		{Key: "from", Title: a.say("Từ ngày", "From")}, {Key: "to", Title: a.say("Đến ngày", "To")}},
		Empty: a.say("Không có đơn vị nào như vậy trong danh mục.", "The list has no such unit."),
		Notes: []string{a.say("-: danh mục không ghi, tức là từ trước hoặc đến nay.", "-: not in the list, that is since before or until now.")}}
}

func (a *app) addUnit(t *render.Table, u place.Unit) {
	t.Add(render.Text(u.Code), render.Text(u.Name), render.Text(a.levelName(u.Level)), render.Text(strings.Join(u.Parents, ", ")), render.Text(u.From), render.Text(u.To))
}

func (a *app) levelName(l place.Level) string {
	names := map[place.Level]string{place.Commune: "xã", place.District: "huyện", place.Province: "tỉnh"}
	return a.say(names[l], l.String())
}

func (a *app) showUnits(ctx context.Context, names []string) error {
	own := make([]string, len(names))
	for i, n := range names {
		own[i], _, _ = strings.Cut(n, ",")
	}
	store, table, err := a.places(ctx, own)
	if err != nil {
		return err
	}
	defer store.Close()
	for i, name := range names {
		_, above, _ := strings.Cut(name, ",")
		found, err := table.Resolve(own[i], nil, "")
		found = slices.DeleteFunc(found, func(u place.Unit) bool { return !under(u.Parents, above) })
		if err != nil || len(found) == 0 {
			whole, err := store.Places(ctx, nil)
			if err != nil {
				return err
			}
			return usage(a.say("danh mục không có đơn vị %q%s", "the list has no unit %q%s"), name, a.suggestion(own[i], whole.Names("")))
		}
		t := a.unitList()
		if len(found) > 1 {
			t.Notes = append(t.Notes, a.say("Nhiều đơn vị có tên này: ghi thêm đơn vị cấp trên, ví dụ “Xã A, Huyện B”.", "Several units have this name: add the unit above, such as “Xã A, Huyện B”."))
		}
		for _, u := range found {
			a.addUnit(&t, u)
			for _, l := range table.Predecessors(u) {
				t.Notes = append(t.Notes, a.linkNote(l.Unit, u, l))
			}
			for _, l := range table.Successors(u) {
				t.Notes = append(t.Notes, a.linkNote(u, l.Unit, l))
			}
		}
		t.Notes = slices.Compact(t.Notes)
		if err := a.print(t); err != nil {
			return err
		}
	}
	return nil
}

// linkNote says how one unit went over into another.
func (a *app) linkNote(from, to place.Unit, l place.Link) string {
	how := map[place.LinkKind]string{place.Full: a.say("nhập toàn bộ", "merged whole"), place.Partial: a.say("nhập một phần, số liệu không cộng được", "merged in part, its figures cannot be added"),
		place.Unchanged: a.say("giữ nguyên", "unchanged")}
	return fmt.Sprintf("%s (%s) → %s (%s), %s: %s.", from.Name, from.Code, to.Name, to.Code, day(to.From), how[l.Kind])
}

func (a *app) matchUnits(ctx context.Context) error {
	store, _, err := a.places(ctx, []string{"-"}) // only to see that there is a list
	if err != nil {
		return err
	}
	defer store.Close()
	units, err := store.Units(ctx)
	if err != nil {
		return err
	}
	matches, err := matchUnits(ctx, store, units)
	if err != nil {
		return err
	}
	received, err := store.Received(ctx, db.Filter{})
	if err != nil {
		return err
	}
	spans := make(map[string][2]string) // first and last period of a unit
	for _, r := range received {
		s := spans[r.Unit]
		if s[0] == "" {
			s[0] = r.Period
		}
		s[1] = r.Period
		spans[r.Unit] = s
	}
	t := render.Table{Name: "match", Columns: []render.Column{{Key: "unit", Title: a.say("Đơn vị trong báo cáo", "Unit in the reports"), Width: 26},
		{Key: "reports", Title: a.say("Báo cáo", "Reports"), Right: true}, {Key: "first", Title: a.say("Từ kỳ", "First")}, {Key: "last", Title: a.say("Đến kỳ", "Last")},
		{Key: "before", Title: a.say("Trong danh mục đến 30/6/2025", "In the list until 30/6/2025"), Width: 26}, {Key: "after", Title: a.say("Trong danh mục từ 1/7/2025", "In the list from 1/7/2025"), Width: 26}},
		Empty: a.say("Chưa có báo cáo nào.", "No reports."),
		Notes: []string{a.say("?: tên này có thể là nhiều đơn vị, cần báo cáo ghi rõ đơn vị cấp trên; →: đơn vị đã nhập vào đơn vị sau mũi tên.", "?: several units have this name, the report would have to name the unit above; →: merged into what follows.")}}
	for _, m := range matches {
		s := spans[m.unit.Label]
		t.Add(render.Text(m.unit.Label), render.Count(m.unit.Reports), render.Text(s[0]), render.Text(s[1]), a.candidates(m.before), a.candidates(m.after))
	}
	return a.print(t)
}

// candidates names the units that a name may mean.
func (a *app) candidates(list []place.Unit) render.Cell {
	var names []string
	for _, u := range list {
		name := u.Name + " (" + u.Code + ")"
		if u.Former != "" {
			name = "→ " + name
		} else if len(list) > 1 {
			name = strings.TrimSuffix(name, ")") + ", " + strings.Join(u.Parents, ", ") + ")"
		}
		names = append(names, name)
	}
	text := strings.Join(names, "; ")
	if len(list) > 1 && !slices.ContainsFunc(list, func(u place.Unit) bool { return u.Former != "" }) {
		text = "? " + text
	}
	return render.Text(text)
}

// This file loads the edits, built in and one's own, and runs their fixtures.
package main

import (
	"context"
	"fmt"
	"os"
	"strings"

	"baocao/db"
	"baocao/db/check"
	"baocao/normalize/vntext"
)

// edits loads the built-in edits and those of --edits. Faults of the latter are a
// mistake of the caller: file, line and column are said, and the exit code is 2.
func (a *app) edits() (*check.Set, error) {
	if a.editsDir == "" {
		return check.Default()
	}
	if info, err := os.Stat(a.editsDir); err != nil || !info.IsDir() {
		return nil, usage(a.say("thư mục kiểm tra %s không mở được", "the folder of edits %s cannot be opened"), a.editsDir)
	}
	set, err := check.DefaultWith(check.Source{FS: os.DirFS(a.editsDir), Name: a.editsDir})
	if err != nil {
		return nil, &exitError{exitUsage, err}
	}
	return set, nil
}

// testEdits runs the reports inside the edits that must pass and that must fail.
func (a *app) testEdits(ctx context.Context) error {
	set, err := a.edits()
	if err != nil {
		return err
	}
	results := set.Test(ctx)
	if err := ctx.Err(); err != nil {
		return err
	}
	failed := 0
	for _, r := range results {
		if r.Err != "" {
			failed++
			fmt.Fprintf(a.out, "%s:%d: %s: %s\n", r.File, r.Line, r.Edit, r.Err)
		}
	}
	if failed > 0 {
		return &exitError{exitUsage, fmt.Errorf(a.say("%d trên %d ví dụ không đúng như đã ghi", "%d of %d fixtures do not do what they say"), failed, len(results))}
	}
	fmt.Fprintf(a.out, a.say("%d kiểm tra, %d ví dụ: đều đúng.\n", "%d edits, %d fixtures: all do what they say.\n"), len(set.Edits()), len(results))
	return nil
}

// windowOptions reads --windows: a convention for all, or "PROVINCE=CONVENTION".
func (a *app) windowOptions(list []string) (opt check.Options, err error) {
	for _, w := range list {
		province, conv, single := strings.Cut(w, "=")
		if !single {
			province, conv = "", w
		}
		if !validConvention(conv) {
			return opt, usage(a.say("--windows %s: quy ước phải là nd09, calendar hoặc from-NGÀY (2 đến 28)", "--windows %s: a convention is nd09, calendar or from-DAY (2 to 28)"), w)
		}
		if province = strings.TrimSpace(province); province == "" {
			opt.Windows = conv
			continue
		}
		if opt.ProvinceWindows == nil {
			opt.ProvinceWindows = map[string]string{}
		}
		opt.ProvinceWindows[vntext.NFC(province)] = conv
	}
	return opt, nil
}

func validConvention(s string) bool {
	var day int
	if n, err := fmt.Sscanf(s, "from-%d", &day); n == 1 && err == nil {
		return day >= 2 && day <= 28 && s == fmt.Sprintf("from-%d", day)
	}
	return s == "nd09" || s == "calendar"
}

// checkAll checks the reports of some units (none: of all) each by itself and
// beside those of all other units.
func (a *app) checkAll(ctx context.Context, store *db.DB, units []string, opt check.Options) ([]check.Finding, error) {
	set, err := a.edits()
	if err != nil {
		return nil, err
	}
	known, err := store.Units(ctx)
	if err != nil {
		return nil, err
	}
	names := make([]string, len(known))
	for i, u := range known {
		names[i] = u.Name
	}
	if opt.Places, err = store.Places(ctx, names); err != nil {
		return nil, err
	}
	across := set.Across(opt)
	var all []check.Finding
	for group, err := range store.CheckInputs(ctx, db.Filter{}) {
		if err != nil {
			return nil, err
		}
		if len(group) == 0 {
			continue
		}
		across.Add(group)
		if len(units) == 0 || contains(units, group[0].Unit) {
			all = append(all, set.Check(ctx, group, opt)...)
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, err // what was found until then is not all there is
	}
	beside, err := across.Findings(ctx, func(ctx context.Context, id int64) (string, error) {
		r, err := store.Report(ctx, id)
		if err != nil {
			return "", err
		}
		return r.Text, nil
	})
	if err != nil {
		return nil, err
	}
	for _, f := range beside {
		if len(units) == 0 || contains(units, f.Unit) {
			all = append(all, f)
		}
	}
	return all, nil
}

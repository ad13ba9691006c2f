// This file reads and writes corrected values.
package main

import (
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"baocao/db"
)

var correctionForm = regexp.MustCompile(`^([a-z0-9_.]+)(?:@([a-z0-9_]+))?(?:#(period|ytd|previous|target))?=(?:([^:]+):)?([^:]+)$`)

// parseCorrection reads INDICATOR[@FIELD][#SPAN]=[PRINTED:]VALUE.
func (a *app) parseCorrection(arg string) (db.Correction, error) {
	m := correctionForm.FindStringSubmatch(arg)
	if m == nil {
		return db.Correction{}, usage(a.say("%q không đúng dạng CHỈ_TIÊU[@LĨNH_VỰC][#KỲ]=SỐ hoặc =SỐ_ĐÃ_IN:SỐ, ví dụ dossiers.resolved=292:229", "%q is not of the form INDICATOR[@FIELD][#SPAN]=NUMBER or =PRINTED:NUMBER, such as dossiers.resolved=292:229"), arg)
	}
	ind, ok := a.catalogue()[m[1]]
	if !ok {
		ids := slices.Sorted(maps.Keys(a.catalogue()))
		return db.Correction{}, usage(a.say("không có chỉ tiêu %q%s", "there is no indicator %q%s"), m[1], a.suggestion(m[1], ids))
	}
	var err error
	c := db.Correction{Indicator: m[1], Field: m[2], Span: m[3]}
	if m[4] != "" {
		if c.Printed, err = a.plainNumber(m[4]); err != nil {
			return c, err
		}
	}
	if c.Value, err = a.plainNumber(m[5]); err != nil {
		return c, err
	}
	if ind.Kind == "count" && strings.ContainsAny(c.Value, ".-") {
		return c, usage(a.say("%s là số đếm, không thể là %s", "%s is a count and cannot be %s"), ind.ID, m[5])
	}
	return c, nil
}

var (
	groupedVI = regexp.MustCompile(`^-?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?$`)
	groupedEN = regexp.MustCompile(`^-?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?$`)
)

// plainNumber reads a number in the notation of the language: "1.312,5" in
// Vietnamese, "1,312.5" in English. What could mean something else is refused.
func (a *app) plainNumber(s string) (string, error) {
	s = strings.TrimSpace(s)
	form, group, point := groupedVI, ".", ","
	if a.lang == "en" {
		form, group, point = groupedEN, ",", "."
	}
	if !form.MatchString(s) {
		return "", usage(a.say("%q không phải là số viết theo cách Việt Nam (1.312 hoặc 99,71)", "%q is no number as written in English (1,312 or 99.71)"), s)
	}
	return strings.Replace(strings.ReplaceAll(s, group, ""), point, ".", 1), nil
}

// repairAsCorrections takes the repair that explain numbers n.
func (a *app) repairAsCorrections(f db.Finding, n int) ([]db.Correction, error) {
	if n < 1 || n > len(f.Repairs) {
		return nil, usage(a.say("mâu thuẫn %s có %d cách sửa; --repair %d không có", "finding %s has %d repairs; there is no --repair %d"), f.Short, len(f.Repairs), n)
	}
	var out []db.Correction
	for _, c := range f.Repairs[n-1].Changes {
		if c.To == "" {
			return nil, usage(a.say("cách sửa %d không cho biết số đúng của %s; ghi số bằng %s=SỐ", "repair %d leaves %s open; give its value as %s=NUMBER"), n, a.figureName(c.Indicator, c.Field, ""), c.Indicator)
		}
		out = append(out, db.Correction{Indicator: c.Indicator, Field: c.Field, Printed: c.From, Value: c.To})
	}
	return out, nil
}

// reportOf gives the content hash of the unit's report for another period.
func (a *app) reportOf(ctx context.Context, store *db.DB, f db.Finding, period string) (string, error) {
	periods := []string{period}
	if err := a.knownPeriods(ctx, store, periods); err != nil {
		return "", err
	}
	infos, err := store.Reports(ctx, db.Filter{Units: []string{f.Unit}, Periods: periods})
	if err != nil {
		return "", err
	}
	if len(infos) != 1 {
		return "", usage(a.say("%s có %d báo cáo kỳ %s; cần đúng một", "%s has %d reports for %s; it must be one"), f.Unit, len(infos), periods[0])
	}
	return infos[0].SHA256, nil
}

// strayCorrections names corrected values whose printed value is no longer read, so
// that they are in use nowhere.
func (a *app) strayCorrections(ctx context.Context, store *db.DB) error {
	list, err := store.StrayCorrections(ctx)
	if err != nil {
		return err
	}
	for _, s := range list {
		fmt.Fprintf(a.err, a.say("đính chính không còn dùng được, vì báo cáo không còn đọc ra số %s: %s %s, %s: %s\n", "a correction is in use nowhere, because %s is no longer read: %s %s, %s: %s\n"),
			a.number(s.Printed), s.Unit, s.Period, s.Finding, a.correction(s.Correction))
	}
	return nil
}

// correction writes "Hồ sơ đã giải quyết: 229 (báo cáo in 292)".
func (a *app) correction(c db.Correction) string {
	return fmt.Sprintf(a.say("%s: %s (báo cáo in %s)", "%s: %s (printed: %s)"), a.figureName(c.Indicator, c.Field, c.Span), a.number(c.Value), a.number(c.Printed))
}

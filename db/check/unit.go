// This file asks whether the unit that reports existed on the day of its report.

package check

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	admin "baocao/normalize/place"
	"baocao/normalize/vntext"
)

// letterheadLines is how many lines of a text may belong to the letterhead.
const letterheadLines = 12

// unitExists compares the unit with the reform of 2025, and with the lists of
// units where there are some.
func (c *checker) unitExists() {
	r := c.cur.rep
	on := cmp.Or(r.Date, r.To)
	if !c.cur.formal || len(on) != len(isoDay) || r.Unit == "" {
		return
	}
	name := bareUnit(r.Unit)
	typ, _ := admin.Split(name)
	if on >= admin.Reform && (r.To == "" || r.To >= admin.Reform) && typ.Level() == admin.Commune {
		if start, end, ok := districtLine(r.Text); ok {
			fd := c.finding("district-abolished", "U1", DateKind, Warning)
			fd.Message = fmt.Sprintf("Báo cáo ngày %s còn ghi tên cấp huyện ở đầu văn bản: “%s”; từ 1/7/2025 không còn cấp huyện", vnDay(on), strings.TrimSpace(r.Text[start:end]))
			fd.MessageEN = fmt.Sprintf("The report of %s still names a district in its letterhead: “%s”; there are none since 1 July 2025", on, strings.TrimSpace(r.Text[start:end]))
			fd.Figures = append([]Cited{r.citeSpan(start, end)}, r.citeIssued()...)
			c.add(fd, "letterhead")
		}
	}
	if c.opt.Places == nil {
		return
	}
	units, err := c.opt.Places.Resolve(name, r.Parents, on)
	switch {
	case errors.Is(err, admin.ErrNotValid):
		fd := c.finding("unit-not-valid", "U1", DateKind, Info)
		fd.Message = fmt.Sprintf("Danh mục đơn vị hành chính không có %s vào ngày %s", name, vnDay(on))
		fd.MessageEN = fmt.Sprintf("The lists of units have no %s on %s", name, on)
		fd.Figures = append([]Cited{r.citeTitle()}, r.citeIssued()...)
		c.add(fd, "unit")
	case err == nil && len(units) > 0 && units[0].Former != "":
		fd := c.finding("unit-not-valid", "U1", DateKind, Warning)
		fd.Message = fmt.Sprintf("%s không còn vào ngày %s; nay là %s", name, vnDay(on), units[0])
		fd.MessageEN = fmt.Sprintf("%s no longer existed on %s; it is now %s", name, on, units[0])
		fd.Figures = append([]Cited{r.citeTitle()}, r.citeIssued()...)
		c.add(fd, "unit")
	}
}

// districtLine finds the line of the letterhead that names a district: "HUYỆN TỨ
// KỲ" under "ỦY BAN NHÂN DÂN", or "UBND HUYỆN TỨ KỲ".
func districtLine(text string) (start, end int, ok bool) {
	for range letterheadLines {
		if start >= len(text) {
			return 0, 0, false
		}
		end = len(text)
		if i := strings.IndexByte(text[start:], '\n'); i >= 0 {
			end = start + i
		}
		cell, _, _ := strings.Cut(text[start:end], "\t")
		key := strings.TrimSpace(vntext.Key(cell))
		if strings.HasPrefix(key, "báo cáo") {
			return 0, 0, false // the title: what follows is no letterhead
		}
		for _, office := range [...]string{"ubnd ", "ủy ban nhân dân "} {
			key = strings.TrimPrefix(key, office)
		}
		// A city may be a province, so that only the other types are certain.
		for _, typ := range [...]string{"huyện ", "quận ", "thị xã "} {
			if strings.HasPrefix(key, typ) && strings.TrimSpace(cell) == strings.ToUpper(strings.TrimSpace(cell)) {
				return start, start + len(cell), true
			}
		}
		start = end + 1
	}
	return 0, 0, false
}

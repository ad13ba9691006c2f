// This file says what was decided about a finding, when, and why it is open again.
package main

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"baocao/db"
)

// reopenedWhy says why a decided finding is open again.
func (a *app) reopenedWhy(f db.Finding) string {
	d := f.Decision
	if f.Changed {
		return fmt.Sprintf(a.say("Mở lại: %s ngày %s khi số liệu là %s; nay số liệu đã khác.", "Reopened: %s on %s about %s; the figures are others now."),
			a.verdict(d.State), a.moment(d.When), a.basis(d.Basis))
	}
	return fmt.Sprintf(a.say("Mở lại: %s ngày %s, nhưng lần kiểm tra sau vẫn thấy mâu thuẫn (số đính chính không thuộc bản báo cáo đang dùng, hoặc không làm hết mâu thuẫn).",
		"Reopened: %s on %s, but a later check found it again (the correction is of another version of the report, or does not settle it)."),
		a.verdict(d.State), a.moment(d.When))
}

var decimals = regexp.MustCompile(`\d+(\.\d+)?`)

// basis writes what was decided about with numbers as the language has them. A
// date or a sentence stays as it is.
func (a *app) basis(s string) string {
	if !strings.ContainsAny(s, "≠<>") {
		return s
	}
	return decimals.ReplaceAllStringFunc(s, a.number)
}

func (a *app) moment(t time.Time) string {
	return t.Local().Format(a.say("02/01/2006 15:04", "2006-01-02 15:04"))
}

// printTrail prints decisions, the oldest first.
func (a *app) printTrail(f db.Finding, trail []db.Decision) {
	if len(trail) == 0 {
		a.paragraph("  ", "  ", a.say("chưa có quyết định nào", "no decision yet"))
	}
	for _, d := range trail {
		line := fmt.Sprintf("%s  %s: %s", a.moment(d.When), d.Who, a.verdict(d.State))
		if d.Reason != "" {
			line += ", “" + d.Reason + "”"
		}
		if d.Basis != "" {
			line += fmt.Sprintf(a.say(" (khi đó: %s)", " (then: %s)"), a.basis(d.Basis))
		}
		a.paragraph("  ", "    ", line)
		for _, c := range d.Corrections {
			a.paragraph("    ", "      ", a.correction(c))
		}
	}
	if f.Reopened {
		a.paragraph("  ", "    ", a.reopenedWhy(f))
	}
}

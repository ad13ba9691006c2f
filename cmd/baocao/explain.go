// This file holds the command that lays one finding out in full.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math/big"
	"regexp"
	"strings"
	"time"

	"github.com/mattn/go-runewidth"
	"github.com/spf13/cobra"

	"baocao/db"
	"baocao/db/check"
)

// mostRepairs is how many candidate repairs are printed.
const mostRepairs = 10

func (a *app) explainCommand() *cobra.Command {
	return &cobra.Command{
		Use: "explain MÃ", Short: "Giải thích một mâu thuẫn: câu trong báo cáo, phép tính, quy tắc, cách sửa, nhật ký", Args: cobra.ExactArgs(1),
		Annotations: formatsOnly("table,json"), Example: "  baocao explain 695efc",
		RunE: func(cmd *cobra.Command, args []string) error { return a.explain(cmd.Context(), args[0]) },
	}
}

// explanation is all that is said of one finding.
type explanation struct {
	finding db.Finding
	report  *db.StoredReport // nil where it is no longer stored or the finding is about several
	quotes  []quotation
	demand  string   // what the edit asks for, "" for a check that is no edit
	also    []string // readings that it accepts as well
	reason  string
	trail   []db.Decision
}

func (a *app) explain(ctx context.Context, typed string) error {
	store, err := a.open(ctx, false)
	if err != nil {
		return err
	}
	defer store.Close()
	e, err := a.explanation(ctx, store, typed)
	if err != nil {
		return err
	}
	if a.format == "json" {
		return a.explainFindingJSON(e)
	}
	f := e.finding
	a.talk("%s  %s  %s  %s\n", f.Short, a.severityName(f.Severity), a.verdictName(f), a.unitPeriod(f.Unit, f.Period))
	if r := e.report; r != nil {
		source := r.Path
		if r.Number != "" {
			source = r.Number + ", " + source
		}
		a.paragraph("  ", "  ", source)
		if r.State != "current" {
			a.paragraph("  ", "  ", fmt.Sprintf(a.say("báo cáo này %s", "this report is %s"), a.reportState(r.State)))
		}
	}
	a.talk("\n")
	a.paragraph("", "", a.say(f.Message, f.MessageEN))
	if !f.Active {
		a.paragraph("", "", a.say("Lần kiểm tra gần nhất không còn thấy mâu thuẫn này.", "The last check no longer found it."))
	}
	if f.Reopened {
		a.paragraph("", "", a.reopenedWhy(f))
	}
	a.arithmetic(e)
	if len(e.quotes) > 0 {
		a.heading(a.say("Báo cáo viết", "What the report says"))
		for _, q := range e.quotes {
			at := a.at(q)
			if at != "" {
				at += ": "
			}
			a.paragraph("  ", "    ", at+"“"+q.text+"”")
		}
	}
	a.heading(fmt.Sprintf(a.say("Quy tắc (%s)", "The rule (%s)"), ruleName(f)))
	if e.demand != "" {
		a.paragraph("  ", "    ", a.say("phải đúng: ", "must hold: ")+e.demand)
	}
	if len(e.also) > 0 {
		a.paragraph("  ", "    ", a.say("cũng chấp nhận khi: ", "accepted as well where ")+strings.Join(e.also, "; "))
	}
	a.paragraph("  ", "    ", a.say("vì: ", "because: ")+e.reason)
	a.repairs(f)
	if len(e.trail) > 0 {
		a.heading(a.say("Nhật ký", "Trail"))
		a.printTrail(f, e.trail)
	}
	return nil
}

func (a *app) explanation(ctx context.Context, store *db.DB, typed string) (e explanation, err error) {
	if e.finding, err = a.finding(ctx, store, typed); err != nil {
		return e, err
	}
	f := e.finding
	src := newSources(store)
	if e.report, err = src.report(ctx, f.ReportID); err != nil {
		return e, err
	}
	if e.quotes, err = src.quotations(ctx, f); err != nil {
		return e, err
	}
	set, err := a.edits()
	if err != nil {
		return e, err
	}
	reasons, err := check.LoadReasons()
	if err != nil {
		return e, err
	}
	st, _ := set.Statement(f.Check)
	e.demand = a.say(st.Demand.VI, st.Demand.EN)
	for _, w := range st.Also {
		e.also = append(e.also, a.say(w.VI, w.EN))
	}
	w := reasons.Of(f.Finding)
	e.reason = a.say(w.VI, w.EN)
	e.trail, err = store.Trail(ctx, f.ID)
	return e, err
}

// ruleName names the check, and its row in the list of consistency rules.
func ruleName(f db.Finding) string {
	if f.Rule == "" {
		return f.Check
	}
	return f.Check + ", " + f.Rule
}

func (a *app) heading(s string) { a.talk("\n%s\n", s) }

// sumLine is one line of arithmetic.
type sumLine struct {
	sign, label, value, note string
	rule                     bool // a line is drawn above
}

// arithmetic lays both sides of a comparison out, figure by figure.
func (a *app) arithmetic(e explanation) {
	f := e.finding
	lines := a.sumLines(e)
	if len(lines) == 0 {
		return
	}
	if f.Gap != "" && f.Gap != "0" {
		lines = append(lines, sumLine{label: a.say("lệch", "gap"), value: a.number(f.Gap), rule: true})
	}
	label, value := 0, 0
	for _, l := range lines {
		label, value = max(label, runewidth.StringWidth(l.label)), max(value, runewidth.StringWidth(l.value))
	}
	a.heading(a.say("Phép tính", "The arithmetic"))
	for _, l := range lines {
		if l.rule {
			a.talk("    %s\n", strings.Repeat("─", label+2+value))
		}
		text := fmt.Sprintf("  %-1s %s  %s", l.sign, runewidth.FillRight(l.label, label), runewidth.FillLeft(l.value, value))
		if l.note != "" {
			text += "   " + l.note
		}
		a.talk("%s\n", strings.TrimRight(text, " "))
	}
}

// sumLines lists the figures of a comparison with what each side comes to.
func (a *app) sumLines(e explanation) []sumLine {
	f := e.finding
	if len(f.Terms) == 0 {
		return a.plainLines(e)
	}
	var out []sumLine
	side := func(which check.Side, first, result, value string) {
		var terms []check.Term
		for _, t := range f.Terms {
			if t.Side == which {
				terms = append(terms, t)
			}
		}
		for i, t := range terms {
			l := a.termLine(e, t)
			if l.sign = sign(t.Coef, i); i == 0 && l.sign == "" {
				l.sign = first
			}
			out = append(out, l)
		}
		if len(terms) > 1 && value != "" {
			out = append(out, sumLine{sign: "=", label: result, value: a.number(value), rule: true})
		}
	}
	if f.Terms[0].Side == check.RateSide {
		side(check.PartSide, "", a.say("tử số", "part"), total(f, check.PartSide))
		side(check.BaseSide, "÷", a.say("mẫu số", "base"), total(f, check.BaseSide))
		out = append(out, sumLine{sign: "=", label: a.say("tính ra, %", "computed, %"), value: a.number(f.Right), rule: true})
		side(check.RateSide, "", "", "")
		return out
	}
	side(check.LeftSide, "", a.say("vế trái", "left side"), f.Left)
	out = append(out, sumLine{label: a.against(f)})
	side(check.RightSide, "", a.say("vế phải", "right side"), f.Right)
	return out
}

// against says in words what should have held between the sides.
func (a *app) against(f db.Finding) string {
	switch f.Op {
	case "<=":
		return a.say("không được lớn hơn", "must not exceed")
	case ">=":
		return a.say("không được nhỏ hơn", "must not be below")
	}
	return a.say("phải bằng", "must equal")
}

func sign(coef int64, i int) string {
	switch {
	case coef < 0:
		return "-"
	case i > 0:
		return "+"
	}
	return ""
}

// total adds up the terms of one side of a share.
func total(f db.Finding, side check.Side) string {
	sum := new(big.Rat)
	for _, t := range f.Terms {
		if v, ok := new(big.Rat).SetString(t.Value); ok && t.Side == side {
			sum.Add(sum, v.Mul(v, big.NewRat(t.Coef, 1)))
		}
	}
	text := sum.FloatString(3)
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}

func (a *app) termLine(e explanation, t check.Term) sumLine {
	span := ""
	if t.YTD {
		span = "ytd"
	}
	l := sumLine{label: lowerFirst(a.figureName(t.Indicator, t.Field, span)), value: a.number(t.Value)}
	if t.Coef > 1 || t.Coef < -1 {
		l.label += fmt.Sprintf(" × %d", max(t.Coef, -t.Coef))
	}
	if t.Figure < 0 || t.Figure >= len(e.finding.Figures) {
		l.note = a.say("không in trong báo cáo", "not printed")
		return l
	}
	c := e.finding.Figures[t.Figure]
	l.note = a.at(quotation{period: c.Period, page: c.Page, line: c.Line})
	if c.Period != "" {
		return l // corrected values of other reports are not known here
	}
	if printed := e.printed(c.Indicator, c.Field, span, t.Value); printed != "" {
		l.note = strings.TrimPrefix(l.note+", "+fmt.Sprintf(a.say("đính chính; báo cáo in %s", "corrected; printed: %s"), a.number(printed)), ", ")
	}
	return l
}

// printed gives the printed value that a corrected one stands in place of, "" for
// a value that was not corrected.
func (e explanation) printed(indicator, field, span, value string) string {
	if e.report == nil {
		return ""
	}
	if span == "" {
		span = "period"
	}
	for i, corrected := range e.report.Corrected {
		f := e.report.Report.Figures[i]
		if f.Indicator == indicator && f.Field == field && string(f.Span) == span && corrected == value {
			return f.Value
		}
	}
	return ""
}

// plainLines lays out a comparison that no edit made: each figure it cites, and
// the sides where they are sums.
func (a *app) plainLines(e explanation) []sumLine {
	f := e.finding
	if f.Left == "" || f.Right == "" {
		return nil
	}
	var out []sumLine
	for _, c := range f.Figures {
		if c.Indicator != "" {
			out = append(out, sumLine{label: lowerFirst(a.figureName(c.Indicator, c.Field, "")), value: a.number(c.Value),
				note: a.at(quotation{period: c.Period, page: c.Page, line: c.Line})})
		}
	}
	if f.RightText != "" && f.RightText != f.Right {
		out = append(out, sumLine{sign: "=", label: f.RightText, value: a.number(f.Right), rule: true})
	}
	return out
}

// repairs prints what would make it right, with the evidence.
func (a *app) repairs(f db.Finding) {
	if f.Suspect == check.SuspectExtraction {
		a.heading(a.say("Có thể do đọc sai", "Perhaps misread"))
		a.paragraph("  ", "  ", a.say("chương trình có thể đọc nhầm một số; xem lại nơi in trước khi hỏi đơn vị",
			"the program may have misread a figure; look at the page before asking the office"))
	}
	if len(f.Repairs) == 0 {
		return
	}
	a.heading(a.say("Có thể sửa", "What would make it right"))
	if f.Undecided {
		a.paragraph("  ", "  ", a.say("chưa đủ căn cứ để biết số nào sai; các cách ngang nhau mang cùng số thứ tự",
			"nothing tells which figure is wrong; repairs of equal standing have the same rank"))
	}
	for i, r := range f.Repairs {
		if i == mostRepairs {
			a.paragraph("  ", "  ", fmt.Sprintf(a.say("còn %d cách khác (--format json)", "%d more (--format json)"), len(f.Repairs)-i))
			break
		}
		line := fmt.Sprintf(a.say("%d. (hạng %d) %s", "%d. (rank %d) %s"), i+1, r.Rank, a.changes(r.Changes))
		if evidence := a.evidence(r); len(evidence) > 0 {
			line += a.say(" — căn cứ: ", " — evidence: ") + strings.Join(evidence, "; ")
		}
		a.paragraph("  ", "     ", line)
	}
}

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

type quoteJSON struct {
	Period string   `json:"period,omitempty"`
	Page   int      `json:"page"`
	Line   int      `json:"line"`
	Part   string   `json:"part,omitempty"`
	Title  string   `json:"title,omitempty"`
	Text   string   `json:"text"`
	Marks  [][2]int `json:"marks"`
}

type explanationJSON struct {
	findingJSON
	Quotes []quoteJSON  `json:"quotes"`
	Demand string       `json:"demand,omitempty"`
	Also   []string     `json:"also,omitempty"`
	Reason string       `json:"reason"`
	Terms  []check.Term `json:"terms"`
	Trail  []stepJSON   `json:"trail"`
}

func (a *app) explainFindingJSON(e explanation) error {
	out := explanationJSON{findingJSON: a.findingToJSON(e.finding), Demand: e.demand, Also: e.also, Reason: e.reason, Terms: e.finding.Terms,
		Quotes: []quoteJSON{}, Trail: []stepJSON{}}
	for _, q := range e.quotes {
		out.Quotes = append(out.Quotes, quoteJSON{q.period, q.page, q.line, q.part, q.title, q.text, q.marks})
	}
	for _, d := range e.trail {
		out.Trail = append(out.Trail, stepToJSON(d))
	}
	return json.NewEncoder(a.out).Encode(out)
}

// This file lays the arithmetic of a finding out, figure by figure.
package main

import (
	"fmt"
	"math/big"
	"strings"

	"github.com/mattn/go-runewidth"

	"baocao/db"
	"baocao/db/check"
)

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

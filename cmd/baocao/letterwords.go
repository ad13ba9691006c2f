// This file words the letter to an office, in Vietnamese.
package main

import (
	"context"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"baocao/cmd/internal/letter"
	"baocao/db"
	"baocao/db/check"
)

// letterWriter words the letter, in Vietnamese.
type letterWriter struct {
	app
	src *sources
}

func (w *letterWriter) fill(ctx context.Context, l *letter.Letter, reports []db.ReportInfo, list []db.Finding, o letterOptions, deadline letter.Date) error {
	unit, _, _ := strings.Cut(reports[0].Unit, " (")
	to := o.to
	if to == "" {
		to = committee(unit)
	}
	period := periodWords(list[0].Period)
	about := "báo cáo"
	if reports[0].Type == "cchc" {
		about = "báo cáo cải cách hành chính"
	}
	us := o.from
	if us == "" {
		us = "cơ quan tổng hợp báo cáo"
	}
	l.Subject = "đề nghị rà soát, đính chính số liệu " + about + " " + period
	l.To = []string{to}
	l.Opening = []string{fmt.Sprintf("Qua đối chiếu %s, %s thấy có %s nội dung chưa thống nhất, đề nghị được xem lại, cụ thể như sau:",
		w.reportsInWords(reports, to, period), us, twoDigits(len(list)))}
	title, err := w.checkTitle()
	if err != nil {
		return err
	}
	for _, f := range list {
		p, err := w.point(ctx, f, title(f.Check))
		if err != nil {
			return err
		}
		l.Points = append(l.Points, p)
	}
	by := "ngày …/…/……"
	if deadline.Year > 0 {
		by = "ngày " + dayWords(fmt.Sprintf("%04d-%02d-%02d", deadline.Year, deadline.Month, deadline.Day))
	}
	l.Closing = []string{
		fmt.Sprintf("Để số liệu tổng hợp được chính xác, thống nhất, %s đề nghị %s đối chiếu các nội dung nêu trên với sổ theo dõi và dữ liệu gốc, xác định số liệu đúng, "+
			"đính chính (nếu có) và gửi văn bản trả lời trước %s. Trường hợp số liệu đã ghi là đúng, đề nghị nêu cách tính để thống nhất khi tổng hợp.", us, to, by),
		fmt.Sprintf("Trong quá trình rà soát, nếu có vướng mắc, đề nghị trao đổi với %s để phối hợp thực hiện.", us),
		fmt.Sprintf("Trân trọng cảm ơn sự phối hợp của %s.", to),
	}
	l.CopyTo = append(append([]string{"Như trên"}, o.copies...), "Lưu: VT")
	return nil
}

// reportsInWords names the reports that the letter is about.
func (w *letterWriter) reportsInWords(reports []db.ReportInfo, office, period string) string {
	var names []string
	for _, r := range reports {
		name := "Báo cáo"
		if r.Number != "" {
			name += " số " + r.Number
		}
		if r.Date != "" {
			name += " ngày " + dayWords(r.Date)
		}
		names = append(names, name)
	}
	what := period
	if reports[0].Type == "cchc" {
		what = "công tác cải cách hành chính " + period
	}
	return strings.Join(names, ", ") + " của " + office + " về " + what
}

// point words one finding: what the report says and where, and what follows.
func (w *letterWriter) point(ctx context.Context, f db.Finding, title string) (letter.Point, error) {
	p := letter.Point{Title: title, Ask: asking(f.Kind)}
	if f.Field != "" {
		p.Title += " (lĩnh vực " + w.fieldName(f.Field) + ")"
	}
	quotes, err := w.src.quotations(ctx, f)
	if err != nil {
		return p, err
	}
	for _, q := range quotes {
		p.Quotes = append(p.Quotes, letter.Quote{Where: where(q), Text: q.text, Marks: q.marks})
	}
	p.Lines = []string{"Đối chiếu: " + strings.TrimRight(w.comparison(f), ".") + "."}
	return p, nil
}

// comparison writes the arithmetic of a finding in one sentence.
func (w *letterWriter) comparison(f db.Finding) string {
	gap := ""
	if f.Gap != "" && f.Gap != "0" {
		gap = "; chênh lệch " + w.number(f.Gap)
	}
	switch {
	case f.Gap == "0":
		// It fits, but only in a reading that must be named: the message does.
		_, said, _ := strings.Cut(f.Message, ": ")
		return said
	case len(f.Terms) > 0 && f.Terms[0].Side == check.RateSide:
		rate := f.Terms[0]
		return fmt.Sprintf("100 × %s : %s = %s %%; %s ghi %s %%", w.group(f, check.PartSide), w.group(f, check.BaseSide), w.number(f.Right),
			lowerFirst(w.figureName(rate.Indicator, rate.Field, "")), w.number(f.Left))
	case len(f.Terms) > 0:
		left, right := w.sideWords(f, check.LeftSide, f.Left), w.sideWords(f, check.RightSide, f.Right)
		switch f.Op {
		case "<=":
			return left + " lớn hơn " + right + gap
		case ">=":
			return left + " nhỏ hơn " + right + gap
		}
		return left + "; " + right + gap
	}
	var parts []string
	for _, c := range f.Figures {
		if c.Indicator != "" && f.Left != "" && f.Right != "" {
			name := lowerFirst(w.figureName(c.Indicator, c.Field, ""))
			if c.Period != "" {
				name += " tại báo cáo " + periodWords(c.Period)
			}
			parts = append(parts, fmt.Sprintf("%s ghi %s", name, w.number(c.Value)))
		}
	}
	if len(parts) > 1 {
		return strings.Join(parts, "; ") + gap
	}
	return lowerFirst(f.Message)
}

// sideWords is one side with its figures, and what they come to where they are several.
func (w *letterWriter) sideWords(f db.Finding, side check.Side, value string) string {
	text, n := w.terms(f, side)
	if n > 1 {
		text += " = " + w.number(value)
	}
	return text
}

// group is a side of a share, in parentheses where it has several figures.
func (w *letterWriter) group(f db.Finding, side check.Side) string {
	text, n := w.terms(f, side)
	if n > 1 {
		return "(" + text + ")"
	}
	return text
}

// terms writes the figures of a side: "hồ sơ mới tiếp nhận trong kỳ (239) + ...".
func (w *letterWriter) terms(f db.Finding, side check.Side) (text string, n int) {
	var b strings.Builder
	for _, t := range f.Terms {
		if t.Side != side {
			continue
		}
		if s := sign(t.Coef, n); s != "" {
			b.WriteString(" " + s + " ")
		}
		if t.Coef > 1 || t.Coef < -1 {
			fmt.Fprintf(&b, "%d × ", max(t.Coef, -t.Coef))
		}
		span := ""
		if t.YTD {
			span = "ytd"
		}
		switch name := lowerFirst(w.figureName(t.Indicator, "", span)); {
		case t.Sum && n == 0:
			b.WriteString(name + " theo lĩnh vực: " + w.fieldName(t.Field))
		case t.Sum:
			b.WriteString(w.fieldName(t.Field))
		case t.Field != "":
			b.WriteString(name + ", " + w.fieldName(t.Field))
		default:
			b.WriteString(name)
		}
		if t.Before && t.Figure >= 0 && t.Figure < len(f.Figures) {
			b.WriteString(" tại báo cáo " + periodWords(f.Figures[t.Figure].Period))
		}
		b.WriteString(" (" + w.number(t.Value) + ")")
		n++
	}
	return strings.TrimSpace(b.String()), n
}

// where says where a quotation stands as the office can find it: by page and
// part, not by the lines of the extracted text.
func where(q quotation) string {
	var parts []string
	if q.period != "" {
		parts = append(parts, "báo cáo "+periodWords(q.period))
	}
	if q.page > 0 {
		parts = append(parts, fmt.Sprintf("trang %d", q.page))
	}
	if q.appendix {
		parts = append(parts, "phụ lục")
	}
	if q.part != "" {
		parts = append(parts, "mục "+q.part)
	}
	if parts == nil {
		return "Báo cáo ghi"
	}
	return upperFirst(strings.Join(parts, ", "))
}

// asking is what the letter asks for, by the kind of what does not fit.
func asking(k check.Kind) string {
	switch k {
	case check.DateKind:
		return "Đề nghị kiểm tra lại ngày, tháng, năm đã ghi."
	case check.Structure:
		return "Đề nghị kiểm tra lại bố cục và cách đánh số đề mục."
	case check.Continuity, check.Cumulative:
		return "Đề nghị đối chiếu với báo cáo kỳ trước và xác nhận số liệu đúng."
	case check.Duplicate:
		return "Đề nghị xác nhận giá trị đúng."
	case check.Ratio:
		return "Đề nghị kiểm tra lại tỷ lệ cùng tử số, mẫu số và xác nhận số liệu đúng."
	case check.Copy:
		return "Đề nghị kiểm tra số liệu đã được cập nhật theo kỳ báo cáo hay chưa."
	case check.Missing:
		return "Đề nghị gửi bổ sung nội dung còn thiếu."
	}
	return "Đề nghị kiểm tra lại các số liệu nêu trên và xác nhận số liệu đúng."
}

// committee is the body that speaks for a unit.
func committee(unit string) string {
	for _, kind := range []string{"Xã ", "Phường ", "Thị trấn ", "Đặc khu ", "Huyện ", "Quận ", "Thị xã ", "Thành phố ", "Tỉnh "} {
		if strings.HasPrefix(unit, kind) {
			return "Ủy ban nhân dân " + lowerFirst(unit)
		}
	}
	return unit
}

// twoDigits writes small numbers as offices do: "04".
func twoDigits(n int) string { return fmt.Sprintf("%02d", n) }

func upperFirst(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[n:]
}

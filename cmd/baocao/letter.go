// This file holds the command that asks an office, in the form of an official
// letter, to look at its figures again.
package main

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"baocao/cmd/internal/letter"
	"baocao/db"
	"baocao/db/check"
)

type letterOptions struct {
	from, above, symbol, place, to string
	date, deadline                 string
	titles, copies                 []string
	signer                         string
	severity                       string
}

func (a *app) letterCommand() *cobra.Command {
	var o letterOptions
	c := &cobra.Command{
		Use: "letter ĐƠN_VỊ KỲ", Short: "Soạn công văn đề nghị đơn vị rà soát, đính chính số liệu", Args: cobra.ExactArgs(2), Annotations: formatsOnly("table"),
		Long: "Soạn công văn theo thể thức của Nghị định 30/2020/NĐ-CP: nêu từng mâu thuẫn đang mở với trang, câu trong báo cáo và phép đối chiếu. " +
			"Công văn chỉ nêu những gì báo cáo ghi; không nêu phỏng đoán. Số, ngày và những gì chưa biết để trống cho văn thư.\n\n" +
			"--out TỆP.docx ghi tệp Word, --out TỆP.txt ghi văn bản thường; không có --out thì in ra.",
		Example: "  baocao letter \"Xã Quang Khải\" 2023-05\n" +
			"  baocao letter \"Xã Quang Khải\" 2023-05 --from \"Phòng Nội vụ\" --above \"Ủy ban nhân dân huyện Tứ Kỳ\" \\\n" +
			"      --symbol PNV --place \"Tứ Kỳ\" --signer-title \"TRƯỞNG PHÒNG\" --out cong-van.docx",
		RunE: func(cmd *cobra.Command, args []string) error { return a.letter(cmd.Context(), args[0], args[1], o) },
	}
	f := c.Flags()
	f.StringVar(&o.from, "from", "", "cơ quan ban hành, ví dụ \"Phòng Nội vụ\"")
	f.StringVar(&o.above, "above", "", "cơ quan chủ quản trực tiếp, ví dụ \"Ủy ban nhân dân huyện Tứ Kỳ\"")
	f.StringVar(&o.symbol, "symbol", "", "ký hiệu sau số văn bản, ví dụ PNV")
	f.StringVar(&o.place, "place", "", "địa danh, ví dụ \"Tứ Kỳ\"")
	f.StringVar(&o.date, "date", "", "ngày ban hành, ví dụ 31/5/2023 (mặc định: để trống)")
	f.StringVar(&o.deadline, "deadline", "", "hạn trả lời, ví dụ 15/6/2023 (mặc định: để trống)")
	f.StringVar(&o.to, "to", "", "nơi nhận công văn (mặc định: Ủy ban nhân dân của đơn vị)")
	f.StringArrayVar(&o.titles, "signer-title", nil, "chức vụ người ký; dùng nhiều lần cho nhiều dòng (KT. TRƯỞNG PHÒNG, PHÓ TRƯỞNG PHÒNG)")
	f.StringVar(&o.signer, "signer", "", "họ và tên người ký")
	f.StringArrayVar(&o.copies, "copy-to", nil, "nơi nhận thêm; dùng nhiều lần")
	f.StringVar(&o.severity, "severity", "error", "mức thấp nhất được nêu: info, warning, error")
	return c
}

func (a *app) letter(ctx context.Context, unit, period string, o letterOptions) error {
	ext := strings.ToLower(filepath.Ext(a.outFile))
	if a.outFile != "" && ext != ".docx" && ext != ".txt" {
		return usage(a.say("tệp công văn phải là .docx hoặc .txt, không phải %q", "a letter is written as .docx or .txt, not %q"), a.outFile)
	}
	l := letter.Letter{Above: o.above, Office: o.from, Symbol: o.symbol, Place: o.place, Title: o.titles, Signer: o.signer}
	var err error
	if l.Date, err = a.letterDate("--date", o.date); err != nil {
		return err
	}
	deadline, err := a.letterDate("--deadline", o.deadline)
	if err != nil {
		return err
	}
	severities, err := a.severities(o.severity)
	if err != nil {
		return err
	}
	store, err := a.open(ctx, false)
	if err != nil {
		return err
	}
	defer store.Close()
	units, err := a.knownUnits(ctx, store, []string{unit})
	if err != nil {
		return err
	}
	if len(units) > 1 {
		return usage(a.say("%q chỉ nhiều đơn vị: %s; ghi rõ một", "%q means several units: %s; name one"), unit, strings.Join(units, "; "))
	}
	periods := []string{period}
	if err := a.knownPeriods(ctx, store, periods); err != nil {
		return err
	}
	reports, err := store.Reports(ctx, db.Filter{Units: units, Periods: periods})
	if err != nil {
		return err
	}
	if len(reports) == 0 {
		return usage(a.say("%s không có báo cáo kỳ %s", "%s has no report for %s"), units[0], periods[0])
	}
	// A letter is about what the reports say now.
	if err := a.checkUnit(ctx, store, units[0]); err != nil {
		return err
	}
	list, err := store.Findings(ctx, db.FindingFilter{Units: units, Periods: periods, Severities: severities, States: []db.Verdict{db.VerdictOpen}})
	if err != nil {
		return err
	}
	doubtful := 0
	list = slices.DeleteFunc(list, func(f db.Finding) bool {
		if f.Suspect == check.SuspectExtraction {
			doubtful++
			return true
		}
		return false
	})
	if doubtful > 0 {
		fmt.Fprintf(a.err, a.say("%d mâu thuẫn có thể do chương trình đọc sai, không đưa vào công văn; xem: baocao check --unit %q --period %s\n",
			"%d findings may come from misreading and are left out; see baocao check --unit %q --period %s\n"), doubtful, units[0], periods[0])
	}
	if len(list) == 0 {
		return &exitError{exitFailed, fmt.Errorf(a.say("%s, kỳ %s: không có mâu thuẫn nào đang mở ở mức %s để nêu trong công văn", "%s, %s: there is no open finding of severity %s to write about"), units[0], periods[0], o.severity)}
	}
	// The letter is Vietnamese whatever language the messages are in.
	w := letterWriter{app: *a, src: newSources(store)}
	w.lang = "vi"
	if err := w.fill(ctx, &l, reports, list, o, deadline); err != nil {
		return err
	}
	if ext == ".docx" {
		return l.DOCX(a.out)
	}
	return l.Text(a.out)
}

// letterDate reads a day given as 31/5/2023 or 2023-05-31.
func (a *app) letterDate(flag, s string) (letter.Date, error) {
	if s == "" {
		return letter.Date{}, nil
	}
	for _, form := range []string{"2/1/2006", time.DateOnly} {
		if t, err := time.Parse(form, s); err == nil {
			return letter.Date{Day: t.Day(), Month: int(t.Month()), Year: t.Year()}, nil
		}
	}
	return letter.Date{}, usage(a.say("%s %q không phải là ngày; viết như 31/5/2023", "%s %q is no day; write it as 31/5/2023"), flag, s)
}

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

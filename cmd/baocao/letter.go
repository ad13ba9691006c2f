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
		Use: a.say("letter ĐƠN_VỊ KỲ", "letter UNIT PERIOD"), Short: a.say("Soạn công văn đề nghị đơn vị rà soát, đính chính số liệu", "Draft an official letter that asks a unit to review and correct its figures"), Args: cobra.ExactArgs(2), Annotations: formatsOnly("table"),
		Long: a.say("Soạn công văn theo thể thức của Nghị định 30/2020/NĐ-CP: nêu từng mâu thuẫn đang mở với trang, câu trong báo cáo và phép đối chiếu. "+
			"Công văn chỉ nêu những gì báo cáo ghi; không nêu phỏng đoán. Số, ngày và những gì chưa biết để trống cho văn thư.\n\n"+
			"--out TỆP.docx ghi tệp Word, --out TỆP.txt ghi văn bản thường; không có --out thì in ra.",
			"Draft a letter in the form of Decree 30/2020/ND-CP that names each open contradiction with page, sentence and arithmetic. "+
				"It says what the report says and guesses nothing. Number, date and what is not known are left blank.\n\n"+
				"--out FILE.docx writes a Word file, --out FILE.txt plain text; without --out it is printed. The letter itself is in Vietnamese."),
		Example: "  baocao letter \"Xã Quang Khải\" 2023-05\n" +
			"  baocao letter \"Xã Quang Khải\" 2023-05 --from \"Phòng Nội vụ\" --above \"Ủy ban nhân dân huyện Tứ Kỳ\" \\\n" +
			"      --symbol PNV --place \"Tứ Kỳ\" --signer-title \"TRƯỞNG PHÒNG\" --out cong-van.docx",
		RunE: func(cmd *cobra.Command, args []string) error { return a.letter(cmd.Context(), args[0], args[1], o) },
	}
	f := c.Flags()
	f.StringVar(&o.from, "from", "", a.say("cơ quan ban hành, ví dụ \"Phòng Nội vụ\"", "the issuing office, such as \"Phòng Nội vụ\""))
	f.StringVar(&o.above, "above", "", a.say("cơ quan chủ quản trực tiếp, ví dụ \"Ủy ban nhân dân huyện Tứ Kỳ\"", "the authority above it, such as \"Ủy ban nhân dân huyện Tứ Kỳ\""))
	f.StringVar(&o.symbol, "symbol", "", a.say("ký hiệu sau số văn bản, ví dụ PNV", "the symbol after the number, such as PNV"))
	f.StringVar(&o.place, "place", "", a.say("địa danh, ví dụ \"Tứ Kỳ\"", "the place, such as \"Tứ Kỳ\""))
	f.StringVar(&o.date, "date", "", a.say("ngày ban hành, ví dụ 31/5/2023 (mặc định: để trống)", "the date, such as 31/5/2023 (by default blank)"))
	f.StringVar(&o.deadline, "deadline", "", a.say("hạn trả lời, ví dụ 15/6/2023 (mặc định: để trống)", "when an answer is due, such as 15/6/2023 (by default blank)"))
	f.StringVar(&o.to, "to", "", a.say("nơi nhận công văn (mặc định: Ủy ban nhân dân của đơn vị)", "the addressee (by default the people's committee of the unit)"))
	f.StringArrayVar(&o.titles, "signer-title", nil, a.say("chức vụ người ký; dùng nhiều lần cho nhiều dòng (KT. TRƯỞNG PHÒNG, PHÓ TRƯỞNG PHÒNG)", "the office of who signs; several times for several lines (\"KT. TRƯỞNG PHÒNG\", \"PHÓ TRƯỞNG PHÒNG\")"))
	f.StringVar(&o.signer, "signer", "", a.say("họ và tên người ký", "the name of who signs"))
	f.StringArrayVar(&o.copies, "copy-to", nil, a.say("nơi nhận thêm; dùng nhiều lần", "a further recipient; may be repeated"))
	f.StringVar(&o.severity, "severity", "error", a.say("mức thấp nhất được nêu: info, warning, error", "the lowest severity named: info, warning, error"))
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
	found, err := a.unitFindings(ctx, store, units[0])
	if err != nil {
		return err
	}
	list, err := a.keep(ctx, store, unitScope(units[0]), found, db.FindingFilter{Units: units, Periods: periods, Severities: severities, States: []db.Verdict{db.VerdictOpen}})
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

// This file holds the commands that need no database: read and extract.
package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"baocao/cmd/internal/render"
	"baocao/extract"
	"baocao/extract/document"
	"baocao/extract/rules"
	"baocao/extract/sandbox"
	"baocao/normalize"
)

func (a *app) readCommand() *cobra.Command {
	var engine string
	var why bool
	c := &cobra.Command{
		Annotations: formatsOnly("table"), Use: a.say("read TỆP", "read FILE"), Short: a.say("In văn bản đọc được từ một tệp", "Print the text that is read from a file"), Args: cobra.ExactArgs(1),
		Example: "  baocao read bao-cao.pdf\n  baocao read --why bao-cao.pdf",
		RunE: func(cmd *cobra.Command, args []string) error {
			pool, err := readers(cmd.Context(), 1)
			if err != nil {
				return err
			}
			defer pool.Close()
			doc, _, err := readFile(cmd.Context(), pool, args[0], engine)
			if err != nil {
				return err
			}
			if why {
				return a.why(doc)
			}
			for _, w := range a.readerNotes(doc) {
				fmt.Fprintln(a.err, a.say("chú ý: ", "note: ")+w)
			}
			_, err = fmt.Fprint(a.out, doc.Text)
			return err
		},
	}
	c.Flags().StringVar(&engine, "engine", "", a.say("buộc dùng bộ đọc: docx, pdf, pdfium, ocr, doc, txt", "use this reader: docx, pdf, pdfium, ocr, doc, txt"))
	c.Flags().BoolVar(&why, "why", false, a.say("cho biết từng trang được đọc bằng gì, vì sao", "say what each page is read with, and why"))
	return c
}

// The JSON of extract; its names are a contract.
type extractJSON struct {
	File       string          `json:"file"`
	SHA256     string          `json:"sha256,omitempty"`
	Status     string          `json:"status"`
	Error      string          `json:"error,omitempty"`
	Notes      []string        `json:"notes,omitempty"` // of the reader: what it left out, could not read, or decoded
	Reader     *readerJSON     `json:"reader,omitempty"`
	Report     *reportJSON     `json:"report,omitempty"`
	Figures    []figureJSON    `json:"figures"`
	References []referenceJSON `json:"references"`
	Numbers    *numbersJSON    `json:"numbers,omitempty"`
}

type readerJSON struct {
	Engine   string `json:"engine"`
	Pages    int    `json:"pages"`
	Encoding string `json:"encoding"`
	OCRPages []int  `json:"ocr_pages,omitempty"`
}

type reportJSON struct {
	Type    string   `json:"type"`
	Unit    string   `json:"unit"`
	Parents []string `json:"parents"`
	Period  string   `json:"period"`
	From    string   `json:"from"`
	To      string   `json:"to"`
	Number  string   `json:"number"`
	Date    string   `json:"date"`
	// DateMonth is the month of the date where its day was left blank.
	DateMonth string            `json:"date_month,omitempty"`
	Sources   map[string]string `json:"sources,omitempty"`
}

type figureJSON struct {
	Indicator  string        `json:"indicator"`
	Field      string        `json:"field,omitempty"`
	Span       string        `json:"span"`
	Value      string        `json:"value"`
	Unit       string        `json:"unit"`
	Approx     bool          `json:"approx"`
	Confidence float64       `json:"confidence"`
	Mentions   []mentionJSON `json:"mentions"`
}

type mentionJSON struct {
	Start   int    `json:"start"`
	End     int    `json:"end"`
	Page    int    `json:"page"`
	Line    int    `json:"line"`
	Text    string `json:"text"`
	Snippet string `json:"snippet"`
	Rule    string `json:"rule"`
}

type referenceJSON struct {
	Number string `json:"number"`
	Date   string `json:"date"`
	Start  int    `json:"start"`
	End    int    `json:"end"`
}

type numbersJSON struct {
	Total       int          `json:"total"`
	Figure      int          `json:"figure"`
	Date        int          `json:"date"`
	Reference   int          `json:"reference"`
	Structure   int          `json:"structure"`
	Label       int          `json:"label"`
	Other       int          `json:"other"`
	Unexplained []numberJSON `json:"unexplained"`
}

type numberJSON struct {
	Text    string `json:"text"`
	Page    int    `json:"page"`
	Line    int    `json:"line"`
	Start   int    `json:"start"`
	End     int    `json:"end"`
	Snippet string `json:"snippet"`
	// Maybe is the indicator that the number seems to be of, with too little confidence.
	Maybe      string  `json:"maybe,omitempty"`
	Confidence float64 `json:"confidence,omitempty"`
}

func (a *app) extractCommand() *cobra.Command {
	var engine string
	c := &cobra.Command{
		Use: a.say("extract TỆP...", "extract FILE..."), Short: a.say("Trích số liệu của từng tệp, không cần cơ sở dữ liệu", "Print the figures of files, without a database"), Args: cobra.MinimumNArgs(1),
		Example: "  baocao extract bao-cao.docx\n  baocao extract *.pdf --format json",
		RunE: func(cmd *cobra.Command, args []string) error {
			set, err := a.ruleSet()
			if err != nil {
				return err
			}
			pool, err := readers(cmd.Context(), 1)
			if err != nil {
				return err
			}
			defer pool.Close()
			failed := 0
			for _, path := range args {
				if err := cmd.Context().Err(); err != nil {
					return err
				}
				out := a.extractOne(cmd.Context(), pool, set, path, engine)
				if out.Status == "unreadable" || out.Status == "unsupported" {
					failed++
					fmt.Fprintln(a.err, "baocao:", out.Error)
				}
				if a.format == "json" {
					if err := json.NewEncoder(a.out).Encode(out); err != nil {
						return err
					}
				} else if err := a.extractTable(out); err != nil {
					return err
				}
			}
			if failed > 0 {
				return &exitError{exitSkipped, nil}
			}
			return nil
		},
	}
	c.Flags().StringVar(&engine, "engine", "", a.say("buộc dùng bộ đọc: docx, pdf, pdfium, ocr, doc, txt", "use this reader: docx, pdf, pdfium, ocr, doc, txt"))
	return c
}

func (a *app) extractOne(ctx context.Context, pool *sandbox.Pool, set *rules.Set, path, engine string) extractJSON {
	out := extractJSON{File: path, Status: "ok", Figures: []figureJSON{}, References: []referenceJSON{}}
	doc, data, err := readFile(ctx, pool, path, engine)
	if data != nil {
		sum := sha256.Sum256(data)
		out.SHA256 = hex.EncodeToString(sum[:])
	}
	if err != nil {
		out.Status, out.Error = "unreadable", err.Error()
		if errors.Is(err, extract.ErrUnsupported) || errors.Is(err, extract.ErrNotDocument) {
			out.Status = "unsupported"
		}
		return out
	}
	rep, _, err := report(set, doc, normalize.Source{Path: path})
	if err != nil {
		out.Status, out.Error = "unreadable", path+": "+err.Error()
		return out
	}
	out.Reader = &readerJSON{Engine: doc.Engine, Pages: len(doc.Pages), Encoding: doc.Encoding}
	for _, p := range doc.Pages {
		if p.Engine == "ocr" {
			out.Reader.OCRPages = append(out.Reader.OCRPages, p.Number)
		}
		if p.Engine == "" {
			out.Status, out.Error = "partial", p.Note
		}
	}
	out.Notes = a.readerNotes(doc)
	for _, note := range out.Notes {
		fmt.Fprintf(a.err, "%s: %s\n", shownPath(path), note)
	}
	fillReport(&out, rep, doc)
	return out
}

func fillReport(out *extractJSON, rep *normalize.Report, doc *document.Document) {
	out.Report = &reportJSON{Type: rep.Type, Unit: rep.Unit, Parents: append([]string{}, rep.Parents...), Period: rep.Period,
		From: rep.From, To: rep.To, Number: rep.Number, Date: rep.Date, DateMonth: rep.DateMonth, Sources: rep.Sources}
	for _, f := range rep.Figures {
		if !f.Trusted() {
			continue // its numbers are among those not understood
		}
		j := figureJSON{Indicator: f.Indicator, Field: f.Field, Span: string(f.Span), Value: f.Value, Unit: f.Unit, Approx: f.Approx, Confidence: f.Confidence}
		for _, m := range f.Mentions {
			j.Mentions = append(j.Mentions, mentionJSON{m.Start, m.End, m.Page, m.Line, m.Text, m.Snippet, m.Rule})
		}
		out.Figures = append(out.Figures, j)
	}
	for _, r := range rep.References {
		out.References = append(out.References, referenceJSON{r.Number, r.Date, r.Start, r.End})
	}
	n := &numbersJSON{Total: len(rep.Numbers), Unexplained: []numberJSON{}}
	for _, x := range rep.Numbers {
		switch x.Class {
		case rules.ClassFigure:
			n.Figure++
		case rules.ClassDate:
			n.Date++
		case rules.ClassReference:
			n.Reference++
		case rules.ClassStructure:
			n.Structure++
		case rules.ClassLabel:
			n.Label++
		case rules.ClassOther:
			n.Other++
		}
	}
	for _, x := range rep.Unexplained() {
		if x.Maybe != nil {
			n.Figure--
		}
		n.Unexplained = append(n.Unexplained, unexplainedJSON(doc, x))
	}
	out.Numbers = n
}

// around returns the text near a span, cut at word edges, on one line.
func around(text string, start, end int) string {
	from, to := max(0, start-60), min(len(text), end+60)
	for from > 0 && text[from] != ' ' && text[from] != '\n' {
		from--
	}
	for to < len(text) && text[to] != ' ' && text[to] != '\n' {
		to++
	}
	return oneLine(text[from:to])
}

func (a *app) extractTable(out extractJSON) error {
	if out.Report == nil {
		return nil
	}
	t := render.Table{Name: "figures", Title: fmt.Sprintf("%s: %s, %s, %s %s", out.File, out.Report.Unit, out.Report.Period, out.Report.Number, out.Report.Date),
		Fields: []render.Field{{Key: "file", Title: a.say("Tệp", "File"), Cell: render.Text(out.File)}, {Key: "unit", Title: a.say("Đơn vị", "Unit"), Cell: render.Text(out.Report.Unit)},
			{Key: "period", Title: a.say("Kỳ báo cáo", "Period"), Cell: render.Text(out.Report.Period)}},
		Columns: []render.Column{{Key: "indicator", Title: a.say("Chỉ tiêu", "Indicator"), Width: 34}, {Key: "field", Title: a.say("Lĩnh vực", "Field")}, {Key: "span", Title: a.say("Kỳ", "Span")},
			{Key: "value", Title: a.say("Giá trị", "Value"), Right: true}, {Key: "place", Title: a.say("Nơi in", "Place"), Width: 30}},
		Empty: a.say("Không có số liệu.", "No figures."), Marks: a.trustMarks()}
	for _, f := range out.Figures {
		m := f.Mentions[0]
		t.Add(render.Text(a.label(f.Indicator)), render.Text(a.fieldName(f.Field)), render.Text(a.spanName(f.Span)), valueOf(f.Value, f.Confidence), render.Text(a.place(m.Page, m.Line)))
	}
	if err := a.print(t); err != nil || a.format != "table" {
		return err
	}
	a.listUnexplained(out.Numbers.Unexplained)
	return nil
}

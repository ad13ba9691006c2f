// This file holds the command that lays one finding out in full.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"baocao/db"
	"baocao/db/check"
)

// mostRepairs is how many candidate repairs are printed.
const mostRepairs = 10

func (a *app) explainCommand() *cobra.Command {
	return &cobra.Command{
		Use: a.say("explain MÃ", "explain CODE"), Short: a.say("Giải thích một mâu thuẫn: câu trong báo cáo, phép tính, quy tắc, cách sửa, nhật ký", "Explain a contradiction: sentences, arithmetic, rule, repairs, decisions"), Args: cobra.ExactArgs(1),
		Annotations: formatsOnly("table,json"), Example: "  baocao explain 695efc",
		RunE: func(cmd *cobra.Command, args []string) error { return a.explain(cmd.Context(), args[0]) },
	}
}

// explanation is all that is said of one finding.
type explanation struct {
	finding db.Finding
	report  *db.StoredReport // nil where it is no longer stored or the finding is about several
	quotes  []quotation
	demand  string   // what the check asks for
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
	a.because(f)
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
	demand := set.Demand(f.Check, reasons)
	e.demand = a.say(demand.VI, demand.EN)
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

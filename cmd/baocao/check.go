// This file holds the command that says what in the reports contradicts.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"baocao/cmd/internal/render"
	"baocao/db"
	"baocao/db/check"
)

type checkOptions struct {
	units, periods []string
	severity       string
	failOn         string
	windows        string
}

func (a *app) checkCommand() *cobra.Command {
	var o checkOptions
	c := &cobra.Command{
		Use: "check", Short: "Chỉ ra số liệu mâu thuẫn, nơi in và cách sửa có thể có", Args: cobra.NoArgs,
		Example: "  baocao check\n  baocao check --unit \"Xã Quang Khải\" --period 2023-05 --format json",
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.check(cmd.Context(), o) },
	}
	f := c.Flags()
	f.StringSliceVar(&o.units, "unit", nil, "chỉ đơn vị này")
	f.StringSliceVar(&o.periods, "period", nil, "chỉ kỳ này, ví dụ 2023-05")
	f.StringVar(&o.severity, "severity", "info", "mức thấp nhất được in: info, warning, error")
	f.StringVar(&o.failOn, "fail-on", "", "thoát với mã 4 khi có mức này trở lên: warning, error")
	f.StringVar(&o.windows, "windows", "", "quy ước kỳ số liệu: nd09, calendar hoặc from-NGÀY")
	return c
}

var severityRank = map[string]int{"info": 1, "warning": 2, "error": 3}

func (a *app) check(ctx context.Context, o checkOptions) error {
	if severityRank[o.severity] == 0 || o.failOn != "" && severityRank[o.failOn] == 0 {
		return usage("mức phải là info, warning hoặc error")
	}
	store, err := a.open(ctx, false)
	if err != nil {
		return err
	}
	defer store.Close()
	if o.units, err = a.knownUnits(ctx, store, o.units); err != nil {
		return err
	}
	if err := a.knownPeriods(ctx, store, o.periods); err != nil {
		return err
	}
	set, err := a.edits()
	if err != nil {
		return err
	}
	var all []check.Finding
	for group, err := range store.CheckInputs(ctx, db.Filter{Units: o.units}) {
		if err != nil {
			return err
		}
		all = append(all, set.Check(ctx, group, check.Options{Windows: o.windows})...)
	}
	if len(o.periods) == 0 {
		if _, err := store.SaveFindings(ctx, db.Scope{Units: o.units}, all); err != nil {
			return err
		}
	}
	var shown []check.Finding
	worst := 0
	for _, f := range all {
		if len(o.periods) > 0 && !contains(o.periods, f.Period) || severityRank[string(f.Severity)] < severityRank[o.severity] {
			continue
		}
		worst = max(worst, severityRank[string(f.Severity)])
		shown = append(shown, f)
	}
	if a.format == "json" {
		for _, f := range shown {
			if err := json.NewEncoder(a.out).Encode(findingToJSON(f, a.lang)); err != nil {
				return err
			}
		}
	} else if err := a.findingTable(shown); err != nil {
		return err
	}
	if o.failOn != "" && worst >= severityRank[o.failOn] {
		return &exitError{exitFindings, nil}
	}
	return nil
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

type findingJSON struct {
	ID        string       `json:"id"`
	Check     string       `json:"check"`
	Rule      string       `json:"rule,omitempty"`
	Kind      string       `json:"kind"`
	Severity  string       `json:"severity"`
	Unit      string       `json:"unit"`
	Period    string       `json:"period"`
	File      string       `json:"file"`
	SHA256    string       `json:"sha256"`
	Message   string       `json:"message"`
	Left      string       `json:"left,omitempty"`
	Right     string       `json:"right,omitempty"`
	Gap       string       `json:"gap,omitempty"`
	LeftText  string       `json:"left_text,omitempty"`
	RightText string       `json:"right_text,omitempty"`
	Suspect   string       `json:"suspect,omitempty"`
	Figures   []citedJSON  `json:"figures"`
	Repairs   []repairJSON `json:"repairs"`
}

type citedJSON struct {
	Indicator string `json:"indicator"`
	Field     string `json:"field,omitempty"`
	Value     string `json:"value"`
	Page      int    `json:"page"`
	Line      int    `json:"line"`
	Snippet   string `json:"snippet"`
	File      string `json:"file,omitempty"`
}

type repairJSON struct {
	Changes  []changeJSON `json:"changes"`
	Evidence []string     `json:"evidence"`
	Rank     int          `json:"rank"`
}

type changeJSON struct {
	Indicator string `json:"indicator"`
	Field     string `json:"field,omitempty"`
	From      string `json:"from"`
	To        string `json:"to"`
}

func findingToJSON(f check.Finding, lang string) findingJSON {
	out := findingJSON{ID: f.ID, Check: f.Check, Rule: f.Rule, Kind: string(f.Kind), Severity: string(f.Severity), Unit: f.Unit, Period: f.Period,
		File: f.File, SHA256: f.SHA256, Message: f.Message, Left: f.Left, Right: f.Right, Gap: f.Gap, LeftText: f.LeftText, RightText: f.RightText,
		Suspect: f.Suspect, Figures: []citedJSON{}, Repairs: []repairJSON{}}
	if lang == "en" {
		out.Message = f.MessageEN
	}
	for _, c := range f.Figures {
		out.Figures = append(out.Figures, citedJSON{c.Indicator, c.Field, c.Value, c.Page, c.Line, c.Snippet, c.File})
	}
	for _, r := range f.Repairs {
		j := repairJSON{Evidence: append([]string{}, r.Evidence...), Rank: r.Rank}
		for _, c := range r.Changes {
			j.Changes = append(j.Changes, changeJSON{c.Indicator, c.Field, c.From, c.To})
		}
		out.Repairs = append(out.Repairs, j)
	}
	return out
}

func (a *app) severityName(s check.Severity) string {
	if a.lang == "en" {
		return string(s)
	}
	return map[check.Severity]string{check.Error: "LỖI", check.Warning: "nghi vấn", check.Info: "lưu ý"}[s]
}

// findingTable prints the list, then for each finding the arithmetic, the
// sentences with their places, and what would make it right.
func (a *app) findingTable(list []check.Finding) error {
	t := render.Table{Name: "findings", Columns: []render.Column{{Key: "number", Title: "#", Right: true}, {Key: "severity", Title: a.say("Mức", "Severity"), Width: 10},
		{Key: "unit", Title: a.say("Đơn vị", "Unit"), Width: 18}, {Key: "period", Title: a.say("Kỳ", "Period")}, {Key: "message", Title: a.say("Điều không khớp", "What does not fit"), Width: 48}},
		Empty: a.say("Không thấy mâu thuẫn.", "Nothing contradicts.")}
	for i, f := range list {
		t.Add(render.Count(i+1), render.Text(a.severityName(f.Severity)), render.Text(f.Unit), render.Text(f.Period), render.Text(a.say(f.Message, f.MessageEN)))
	}
	if err := a.print(t); err != nil || a.format != "table" {
		return err
	}
	for i, f := range list {
		if f.Severity == check.Info {
			continue
		}
		fmt.Fprintf(a.out, "\n#%d %s, %s\n", i+1, f.Unit, f.Period)
		if f.LeftText != "" {
			fmt.Fprintf(a.out, "  %s   %s   %s", a.side(f.LeftText, f.Left), a.say("so với", "against"), a.side(f.RightText, f.Right))
			if f.Gap != "" {
				fmt.Fprintf(a.out, a.say("   lệch %s", "   gap %s"), a.number(f.Gap))
			}
			fmt.Fprintln(a.out)
		}
		shown := map[string]bool{}
		for _, c := range f.Figures {
			at := a.place(c.Page, c.Line)
			if at != "" {
				at += ": "
			}
			line := "  " + at + "“" + cut(c.Snippet, 78) + "”"
			if !shown[line] && len(shown) < 5 {
				shown[line] = true
				fmt.Fprintln(a.out, line)
			}
		}
		for k, r := range f.Repairs {
			if k == 2 {
				break
			}
			var parts []string
			for _, c := range r.Changes {
				parts = append(parts, fmt.Sprintf("%s %s → %s", a.figureName(c.Indicator, c.Field, ""), a.number(c.From), a.number(c.To)))
			}
			line := a.say("  có thể: ", "  perhaps: ") + strings.Join(parts, "; ")
			if len(r.Evidence) > 0 {
				line += " (" + r.Evidence[0] + ")"
			}
			fmt.Fprintln(a.out, line)
		}
	}
	return nil
}

// side writes one side of a comparison: the sum and its result, or the number alone.
func (a *app) side(text, value string) string {
	if number := a.number(value); text != value && text != number {
		return text + " = " + number
	}
	return a.number(value)
}

// cut shortens to n characters.
func cut(s string, n int) string {
	r := []rune(oneLine(s))
	if len(r) <= n {
		return string(r)
	}
	return string(r[:n-1]) + "…"
}

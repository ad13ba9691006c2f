// This file holds the machine-readable form of findings and decisions.
package main

import (
	"time"

	"baocao/db"
)

type findingJSON struct {
	ID        string       `json:"id"`
	Short     string       `json:"short"`
	State     string       `json:"state"`
	Reopened  bool         `json:"reopened,omitempty"`
	Decision  *stepJSON    `json:"decision,omitempty"`
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
	Because   string       `json:"because,omitempty"` // why it is no more than a warning
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

// findingToJSON is the machine-readable form of a finding.
func (a *app) findingToJSON(f db.Finding) findingJSON {
	out := findingJSON{ID: f.ID, Short: f.Short, State: string(f.State), Reopened: f.Reopened, Check: f.Check, Rule: f.Rule, Kind: string(f.Kind), Severity: string(f.Severity), Unit: f.Unit, Period: f.Period,
		File: f.File, SHA256: f.SHA256, Message: f.Message, Left: f.Left, Right: f.Right, Gap: f.Gap, LeftText: f.LeftText, RightText: f.RightText,
		Suspect: f.Suspect, Because: a.say(f.Because, f.BecauseEN), Figures: []citedJSON{}, Repairs: []repairJSON{}}
	out.Message = a.say(f.Message, f.MessageEN)
	if f.Decision != nil {
		step := stepToJSON(*f.Decision)
		out.Decision = &step
	}
	for _, c := range f.Figures {
		out.Figures = append(out.Figures, citedJSON{c.Indicator, c.Field, c.Value, c.Page, c.Line, c.Snippet, c.File})
	}
	for _, r := range f.Repairs {
		j := repairJSON{Evidence: append([]string{}, a.evidence(r)...), Rank: r.Rank}
		for _, c := range r.Changes {
			j.Changes = append(j.Changes, changeJSON{c.Indicator, c.Field, c.From, c.To})
		}
		out.Repairs = append(out.Repairs, j)
	}
	return out
}

// stepJSON is one decision of a trail.
type stepJSON struct {
	State       string           `json:"state"`
	Who         string           `json:"who"`
	When        time.Time        `json:"when"`
	Reason      string           `json:"reason,omitempty"`
	Basis       string           `json:"basis"`
	Corrections []correctionJSON `json:"corrections,omitempty"`
}

type correctionJSON struct {
	Indicator string `json:"indicator"`
	Field     string `json:"field,omitempty"`
	Span      string `json:"span"`
	Printed   string `json:"printed"`
	Value     string `json:"value"`
	SHA256    string `json:"sha256"`
}

func stepToJSON(d db.Decision) stepJSON {
	out := stepJSON{State: string(d.State), Who: d.Who, When: d.When, Reason: d.Reason, Basis: d.Basis}
	for _, c := range d.Corrections {
		out.Corrections = append(out.Corrections, correctionJSON{c.Indicator, c.Field, c.Span, c.Printed, c.Value, c.SHA256})
	}
	return out
}

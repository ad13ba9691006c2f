// This file says edits in words: what must hold, and why.

package check

import (
	"bytes"
	_ "embed"
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"
)

//go:embed reasons.yaml
var reasonsYAML []byte

// Words is a text in both languages.
type Words struct {
	VI string `yaml:"vi"`
	EN string `yaml:"en"`
}

// Reasons says why relations must hold (a form, a regulation, or plain logic), how
// checks are called that are no edits, and what they ask for.
type Reasons struct {
	Titles map[string]Words `yaml:"titles"`
	// Demands says for the checks that are no edits what must hold, as a formula.
	Demands map[string]Words `yaml:"demands"`
	Checks  map[string]Words `yaml:"checks"`
	Rules   map[string]Words `yaml:"rules"`
	Kinds   map[Kind]Words   `yaml:"kinds"`
}

// LoadReasons reads the built-in reasons.
func LoadReasons() (Reasons, error) {
	var r Reasons
	d := yaml.NewDecoder(bytes.NewReader(reasonsYAML))
	d.KnownFields(true)
	if err := d.Decode(&r); err != nil {
		return r, fmt.Errorf("read reasons.yaml: %w", err)
	}
	return r, nil
}

// Of gives the reason that says most about a finding: that of its check, of its
// row in the list of consistency rules, or of its kind.
func (r Reasons) Of(f Finding) Words {
	if w, ok := r.Checks[f.Check]; ok {
		return w
	}
	if w, ok := r.Rules[f.Rule]; ok {
		return w
	}
	return r.Kinds[f.Kind]
}

// Title names a check: an edit by its title, another by the list of names, and
// one in neither by its id.
func (s *Set) Title(id string, r Reasons) Words {
	for _, e := range s.edits {
		if e.id == id {
			return Words{e.titleVI, e.titleEN}
		}
	}
	if w, ok := r.Titles[id]; ok {
		return w
	}
	return Words{id, id}
}

// Demand is what a check asks for, as a formula: an edit's own, or that of the list
// of demands; "" for a check that is in neither.
func (s *Set) Demand(id string, r Reasons) Words {
	if st, ok := s.Statement(id); ok {
		return st.Demand
	}
	return r.Demands[id]
}

// Statement is an edit in words.
type Statement struct {
	Demand Words   // what must hold
	Also   []Words // other readings that are accepted without a word
}

// Statement says what an edit demands; ok is false for a check that is no edit.
func (s *Set) Statement(id string) (st Statement, ok bool) {
	for _, e := range s.edits {
		if e.id != id {
			continue
		}
		if e.share != nil {
			return Statement{Demand: Words{s.shareInWords(e.share, false), s.shareInWords(e.share, true)}}, true
		}
		for i, r := range e.readings {
			switch {
			case i == 0:
				st.Demand = Words{s.readingInWords(e, r, false), s.readingInWords(e, r, true)}
			case r.as == "" && r.vi != "":
				st.Also = append(st.Also, Words{r.vi, r.en})
			}
		}
		return st, true
	}
	return st, false
}

func (s *Set) readingInWords(e *edit, r reading, en bool) string {
	sign := map[op]string{equal: " = ", atMost: " ≤ ", atLeast: " ≥ "}[e.op]
	return s.sideInWords(r.left, en) + sign + s.sideInWords(r.right, en)
}

func (s *Set) shareInWords(e *shareEdit, en bool) string {
	alternatives := func(sides []side) string {
		var list []string
		for _, x := range sides {
			text := s.sideInWords(x, en)
			if len(x.terms) > 1 {
				text = "(" + text + ")"
			}
			list = append(list, text)
		}
		return strings.Join(list, map[bool]string{false: " hoặc ", true: " or "}[en])
	}
	var usual []side
	for _, b := range e.bases {
		if b.usual {
			usual = append(usual, b.side)
		}
	}
	return s.termInWords(cterm{coef: 1, ind: e.rate}, en) + " = 100 × " + alternatives(e.nums) + " ÷ " + alternatives(usual)
}

func (s *Set) sideInWords(x side, en bool) string {
	var b strings.Builder
	for i, t := range x.terms {
		writeTerm(&b, i, t.coef, s.termInWords(t, en))
	}
	if x.konst != 0 || b.Len() == 0 {
		if b.Len() > 0 {
			b.WriteString(" + ")
		}
		b.WriteString(x.konst.words())
	}
	return b.String()
}

// termInWords names what a term of an edit stands for.
func (s *Set) termInWords(t cterm, en bool) string {
	info := s.info[t.ind]
	name := lowerFirst(info.Label)
	if en {
		name = lowerFirst(info.LabelEN)
	}
	pick := func(vi, english string) string {
		if en {
			return english
		}
		return vi
	}
	if t.sum {
		name = pick("tổng các lĩnh vực của "+name, "sum over the fields of "+name)
	}
	switch t.when {
	case prev:
		name += pick(" ở báo cáo kỳ trước", " in the report before")
	case ytd:
		name += pick(" lũy kế từ đầu năm", " since the start of the year")
	case prevYTD:
		name += pick(" lũy kế ở báo cáo kỳ trước", " since the start of the year in the report before")
	case previous:
		name += pick(" của kỳ so sánh", " of the period compared with")
	case target:
		name += pick(" theo chỉ tiêu", " as targeted")
	}
	if t.need != required {
		name += pick(" (nếu có)", " (if any)")
	}
	return name
}

// This file holds the language of phrases.yaml: text with figures in it becomes
// printed text and labels.
package generate

import (
	_ "embed"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

//go:embed phrases.yaml
var phrasesYAML []byte

// wording is phrases.yaml.
type wording struct {
	Openings, Titles, Closings []string
	Passages                   []passage
	Parts                      [][]string
	Filler                     map[string][]string
	Names                      struct{ First, Second, Districts, Families, Middles, Givens []string }
	Fields                     []field
}

// passage is one topic of a report.
type passage struct {
	Name    string
	Part    int
	Heading []string
	Filler  int // sentences without figures
	Texts   []string
}

type field struct{ Code, Name string }

func loadWording() (*wording, error) {
	var w wording
	if err := yaml.Unmarshal(phrasesYAML, &w); err != nil {
		return nil, fmt.Errorf("read phrases.yaml: %w", err)
	}
	return &w, nil
}

// Label is one figure of a report, in the form that testdata/README.md describes.
type Label struct {
	Indicator string            `json:"indicator"`
	Dims      map[string]string `json:"dims"`
	Value     string            `json:"value"`
	Snippet   string            `json:"snippet"`
	Certainty string            `json:"certainty"`
	Note      string            `json:"note"`
	At        [2]int            `json:"at"` // [start, end) in characters
}

// printer puts phrases on paper for one report.
type printer struct {
	words   map[string]string
	figures figures
	fields  []field
	// How this office prints numbers.
	leadingZero, thousands bool

	text   strings.Builder
	chars  int // characters in text
	labels []Label
}

func (p *printer) write(s string) {
	p.text.WriteString(s)
	p.chars += utf8.RuneCountInString(s)
}

// line prints one paragraph or table row.
func (p *printer) line(s string) error {
	first := len(p.labels)
	from, start := p.text.Len(), p.chars
	if err := p.phrase(s, ""); err != nil {
		return fmt.Errorf("phrase %q: %w", s, err)
	}
	// A label's snippet is the text around it in the same line.
	runes := []rune(p.text.String()[from:])
	for i := first; i < len(p.labels); i++ {
		l := &p.labels[i]
		a, b := max(0, l.At[0]-start-40), min(len(runes), l.At[1]-start+30)
		l.Snippet = strings.Join(strings.Fields(string(runes[a:b])), " ")
	}
	p.write("\n")
	return nil
}

// phrase prints s; fieldCode is the field of the row, if any.
func (p *printer) phrase(s, fieldCode string) error {
	for s != "" {
		i := strings.IndexAny(s, "{[")
		if i < 0 {
			p.write(s)
			return nil
		}
		p.write(s[:i])
		s = s[i:]
		if strings.HasPrefix(s, "[[") {
			inside, rest, ok := strings.Cut(s[2:], "]]")
			if !ok {
				return fmt.Errorf("missing ]]")
			}
			if err := p.choice(inside, fieldCode); err != nil {
				return err
			}
			s = rest
			continue
		}
		inside, rest, ok := strings.Cut(s[1:], "}")
		if s[0] != '{' || !ok {
			return fmt.Errorf("stray bracket at %q", s)
		}
		if err := p.token(inside, fieldCode); err != nil {
			return err
		}
		s = rest
	}
	return nil
}

// choice prints "id? A || B" or "*: item || separator".
func (p *printer) choice(s, fieldCode string) error {
	head, tail, ok := strings.Cut(s, "||")
	if !ok {
		return fmt.Errorf("%q: missing ||", s)
	}
	if item, ok := strings.CutPrefix(head, "*:"); ok {
		for i, f := range p.fields {
			if i > 0 {
				p.write(strings.TrimLeft(tail, " "))
			}
			p.row(f, i)
			if err := p.phrase(strings.TrimSpace(item), f.Code); err != nil {
				return err
			}
		}
		return nil
	}
	id, zero, ok := strings.Cut(head, "?")
	if !ok {
		return fmt.Errorf("%q: missing ?", s)
	}
	value, ok := p.figures[key{id, ""}]
	if !ok {
		return fmt.Errorf("no figure %s", id)
	}
	if value != "0" {
		return p.phrase(strings.TrimSpace(tail), fieldCode)
	}
	start := p.chars
	p.write(strings.TrimSpace(zero))
	p.label(id, "", "0", "sure", start)
	return nil
}

func (p *printer) row(f field, i int) {
	p.words["field"], p.words["lowfield"], p.words["row"] = f.Name, lowerFirst(f.Name), strconv.Itoa(i+1)
}

func (p *printer) token(s, fieldCode string) error {
	if w, ok := p.words[s]; ok {
		p.write(w)
		return nil
	}
	id, silent := strings.CutPrefix(s, "!")
	id, second, _ := strings.Cut(id, "~")
	id, own, ofField := strings.Cut(id, "@")
	switch {
	case !ofField:
		fieldCode = ""
	case own != "":
		fieldCode = own
	}
	value, ok := p.figures[key{id, fieldCode}]
	if !ok {
		return fmt.Errorf("no figure or word %q", s)
	}
	start := p.chars
	p.write(p.number(value))
	if silent {
		// A total under a table repeats a figure: taking it is no mistake.
		p.label(id, fieldCode, value, "arguable", start)
		return nil
	}
	p.label(id, fieldCode, value, "sure", start)
	if second != "" {
		p.label(second, fieldCode, value, "arguable", start)
	}
	return nil
}

func (p *printer) label(id, fieldCode, value, certainty string, start int) {
	dims := map[string]string{}
	if fieldCode != "" {
		dims["field"] = fieldCode
	}
	p.labels = append(p.labels, Label{Indicator: id, Dims: dims, Value: value, Certainty: certainty, At: [2]int{start, p.chars}})
}

// number prints a plain decimal as this office does.
func (p *printer) number(v string) string {
	whole, part, fraction := strings.Cut(v, ".")
	if fraction {
		return whole + "," + part
	}
	if len(whole) == 1 && p.leadingZero {
		return "0" + whole
	}
	if len(whole) > 3 && (p.thousands || len(whole) > 5) {
		return dotted(whole)
	}
	return whole
}

// dotted groups digits in thousands.
func dotted(digits string) string {
	if len(digits) <= 3 {
		return digits
	}
	return dotted(digits[:len(digits)-3]) + "." + digits[len(digits)-3:]
}

// lowerFirst makes the first letter small.
func lowerFirst(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return strings.ToLower(string(r)) + s[n:]
}

func upperFirst(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return strings.ToUpper(string(r)) + s[n:]
}

// pick chooses one entry.
func pick[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }

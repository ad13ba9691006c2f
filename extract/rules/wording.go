// This file finds the words around numbers that nothing explains, and puts those
// that are worded alike together: what the next rule should be about.

package rules

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"baocao/extract/document"
	"baocao/normalize/vntext"
)

// Wording is a way of speaking about numbers that no rule knows. Numbers in it are
// "#", dates, periods and names of places are names in angle brackets.
type Wording struct {
	Text    string // as printed at Example, white space collapsed
	Table   bool   // of a table cell: the row's label, "|", the column's header
	Count   int    // numbers worded so
	Reports int    // that have one
	Units   int    // whose reports have one
	Example Place

	left, right []string // the words of a sentence, masked, that stand before and after
	alike       string   // the same without fillers, folded: what is worded alike has the same
	clause      string   // the part of the sentence, or the part of the table, that an example needs
	label       string   // of a table's row
	header      string   // the lowest of the column, where the row has other columns of numbers
	known       bool     // concepts know the label already
	token       vntext.Token
}

// Place is one number with what stands around it.
type Place struct {
	File       string
	Page, Line int
	Start, End int    // in the document's text
	Text       string // the number as printed
	Sentence   string // it stands in; of a table, header and row with TABs
}

// Coverage collects the numbers of many reports by what became of them.
type Coverage struct {
	Reports int
	Numbers map[Class]int // how many of each class

	set    *Set
	groups map[string]*group
}

type group struct {
	Wording
	reports, units map[string]bool
}

// NewCoverage collects for a rule set.
func NewCoverage(s *Set) *Coverage {
	return &Coverage{Numbers: map[Class]int{}, set: s, groups: map[string]*group{}}
}

// Add reads a report of a unit with the rules and keeps what they leave
// unexplained. File is where it came from.
func (c *Coverage) Add(file, unit string, doc *document.Document) {
	c.Reports++
	open := map[int]bool{}
	for _, n := range c.set.Extract(doc).Numbers {
		c.Numbers[n.Class]++
		if n.Class == Unexplained {
			open[n.Start] = true
		}
	}
	if len(open) == 0 {
		return
	}
	w := &wordings{set: c.set, doc: doc, open: open}
	w.passages = c.set.outline(doc.Text, doc.Blocks)
	for _, found := range w.all() {
		found.Example.File = file
		g := c.groups[found.alike]
		if g == nil {
			g = &group{Wording: found, reports: map[string]bool{}, units: map[string]bool{}}
			c.groups[found.alike] = g
		}
		g.Count++
		g.reports[file] = true
		g.units[unit] = true
	}
}

// Wordings gives what was collected: what most reports have first, then what stands
// in the reports of most units, then what is printed most often.
func (c *Coverage) Wordings() []Wording {
	out := make([]Wording, 0, len(c.groups))
	for _, key := range slices.Sorted(maps.Keys(c.groups)) {
		g := c.groups[key]
		g.Reports, g.Units = len(g.reports), len(g.units)
		out = append(out, g.Wording)
	}
	slices.SortStableFunc(out, func(a, b Wording) int {
		return cmp.Or(cmp.Compare(b.Reports, a.Reports), cmp.Compare(b.Units, a.Units), cmp.Compare(b.Count, a.Count))
	})
	return out
}

// wordings walks through one document.
type wordings struct {
	set      *Set
	doc      *document.Document
	open     map[int]bool // where the unexplained numbers begin
	passages []passage
}

func (w *wordings) all() []Wording {
	var out []Wording
	for i := 0; i < len(w.passages); {
		p := &w.passages[i]
		if p.block.Kind != document.Row {
			for _, st := range w.set.sentences(p, w.doc.Text[p.block.Start:p.block.End]) {
				out = append(out, w.sentence(p, &st)...)
			}
			i++
			continue
		}
		j := i
		for j < len(w.passages) && w.passages[j].block.Kind == document.Row && w.passages[j].block.Table == p.block.Table {
			j++
		}
		out = append(out, w.table(i, j)...)
		i = j
	}
	return out
}

// place fills in where a token of a passage stands; ok is false where it is
// explained.
func (w *wordings) place(p *passage, start, end int) (Place, bool) {
	a, b := p.fold.Span(start, end)
	a, b = p.block.Start+a, p.block.Start+b
	if !w.open[a] {
		return Place{}, false
	}
	return Place{Page: w.doc.PageAt(a), Line: w.doc.Line(a), Start: a, End: b, Text: w.doc.Text[a:b]}, true
}

// Words kept on either side of a number.
const (
	wordsBefore = 5
	wordsAfter  = 3
	// fewWords say too little: then words are taken from the statements before.
	fewWords = 3
)

func (w *wordings) sentence(p *passage, st *sentence) []Wording {
	var out []Wording
	var list []term
	for _, t := range st.tokens {
		place, ok := w.place(p, st.start+t.Start, st.start+t.End)
		if !ok {
			continue
		}
		if list == nil {
			list = w.terms(p, st)
		}
		a, b := p.fold.Span(st.start, st.end)
		place.Sentence = strings.Join(strings.Fields(w.doc.Text[p.block.Start+a:p.block.Start+b]), " ")
		at := slices.IndexFunc(list, func(x term) bool { return x.start == t.Start })
		if at < 0 {
			continue
		}
		left, right := wordsLeft(list[:at]), wordsRight(list[at+1:])
		if meaning(left)+meaning(right) < fewWords {
			left = acrossLeft(list[:at])
		}
		found := Wording{Example: place, token: t, left: texts(left), right: texts(right), clause: w.clause(p, st, left, t)}
		found.alike = vntext.Key(spaced(texts(slices.DeleteFunc(slices.Concat(left, list[at:at+1], right), func(x term) bool { return x.filler }))))
		found.Text = spaced(slices.Concat(found.left, []string{maskOf(t)}, found.right))
		out = append(out, found)
	}
	return out
}

// clause gives the part of a sentence between semicolons that holds the words and
// the number.
func (w *wordings) clause(p *passage, st *sentence, left []term, t vntext.Token) string {
	first := t.Start
	if len(left) > 0 {
		first = left[0].start
	}
	from, to := 0, len(st.text)
	for _, b := range st.bounds {
		switch {
		case b.kind != ';':
		case b.end <= first:
			from = b.end
		case b.pos >= t.End:
			to = min(to, b.pos)
		}
	}
	a, b := p.fold.Span(st.start+from, st.start+to)
	return strings.Join(strings.Fields(w.doc.Text[p.block.Start+a:p.block.Start+b]), " ")
}

// term is one word, number or mark of a sentence.
type term struct {
	start  int // in the sentence
	text   string
	number bool
	edge   bool // a statement may end here
	filler bool
}

// terms cuts a sentence into words with masks in the places of what differs from
// report to report.
func (w *wordings) terms(p *passage, st *sentence) []term {
	filler := make([]bool, len(st.text))
	for _, h := range st.hits {
		if w.set.lexicon[w.set.owner[h.pattern]].role == roleFiller {
			for i := h.start; i < h.end; i++ {
				filler[i] = true
			}
		}
	}
	raw := func(from, to int) string {
		a, b := p.fold.Span(st.start+from, st.start+to)
		return w.doc.Text[p.block.Start+a : p.block.Start+b]
	}
	var out []term
	inName := false // the words of a place's name follow
	token, bounds := 0, 0
	for i := 0; i < len(st.text); {
		for token < len(st.tokens) && st.tokens[token].Start < i {
			token++
		}
		for bounds < len(st.bounds) && st.bounds[bounds].pos < i {
			bounds++
		}
		switch {
		case token < len(st.tokens) && st.tokens[token].Start == i:
			t := st.tokens[token]
			out = append(out, term{start: i, text: maskOf(t), number: !isDate(t.Kind)})
			i = max(t.End, i+1)
			inName = false
		case bounds < len(st.bounds) && st.bounds[bounds].pos == i && st.bounds[bounds].kind != 'v':
			b := st.bounds[bounds]
			out = append(out, term{start: i, text: raw(b.pos, b.end), edge: true})
			i = max(b.end, i+1)
			inName = false
		case wordByte(st.text[i]):
			end := i
			for end < len(st.text) && (wordByte(st.text[end]) || st.text[end] == '-' && end+1 < len(st.text) && wordByte(st.text[end+1])) && (end == i || !(token < len(st.tokens) && st.tokens[token].Start == end)) {
				end++
			}
			word := raw(i, end)
			switch capital := unicode.IsUpper(firstRune(word)); {
			case inName && capital && out[len(out)-1].text == maskPlace:
			case inName && capital:
				out = append(out, term{start: i, text: maskPlace})
			default:
				out = append(out, term{start: i, text: word, filler: filler[i]})
				inName = namesPlace(st.text[i:end])
			}
			i = end
		default:
			i++
		}
	}
	return out
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// Masks of what differs from report to report.
const (
	maskPlace = "<tên>"
	maskDate  = "<ngày>"
	maskTerm  = "<kỳ>"
	maskNo    = "<số hiệu>"
)

// maskOf gives the sign that stands for a token.
func maskOf(t vntext.Token) string {
	switch t.Kind {
	case vntext.TokDate, vntext.TokTime:
		return maskDate
	case vntext.TokPeriod:
		return maskTerm
	case vntext.TokReference:
		return maskNo
	case vntext.TokPercent:
		return "#%"
	case vntext.TokFraction:
		return "#/#"
	}
	return "#"
}

func isDate(k vntext.TokenKind) bool {
	return k == vntext.TokDate || k == vntext.TokTime || k == vntext.TokPeriod || k == vntext.TokReference
}

// namesPlace tells the words after which the name of a place follows.
func namesPlace(key string) bool {
	switch key {
	case "xã", "phường", "trấn", "huyện", "quận", "tỉnh", "phố", "khu", "tp", "tx", "tt", "thôn", "ấp", "bản", "buôn", "xóm":
		return true
	}
	return false
}

// wordsLeft gives the last words before a number, back to the edge of its
// statement or the number before.
func wordsLeft(list []term) []term {
	from, words := len(list), 0
	for from > 0 && words < wordsBefore && !list[from-1].edge && !list[from-1].number {
		from--
		if !list[from].filler {
			words++
		}
	}
	return list[from:]
}

// wordsRight gives the first words after a number.
func wordsRight(list []term) []term {
	to, words := 0, 0
	for to < len(list) && words < wordsAfter && !list[to].edge && !list[to].number {
		if !list[to].filler {
			words++
		}
		to++
	}
	return list[:to]
}

// acrossLeft gives the words before a number whose own statement says little, over
// edges and numbers.
func acrossLeft(list []term) []term {
	from := len(list)
	for from > 0 && meaning(list[from:]) < wordsBefore {
		from--
	}
	for from < len(list) && list[from].edge {
		from++
	}
	return list[from:]
}

// meaning counts the words that are neither fillers nor marks.
func meaning(list []term) int {
	n := 0
	for i := range list {
		if !list[i].filler && !list[i].edge && !list[i].number {
			n++
		}
	}
	return n
}

// spaced joins words as they are printed: no space before a comma or behind an
// opening bracket.
func spaced(words []string) string {
	var b strings.Builder
	for i, w := range words {
		if i > 0 && !strings.ContainsAny(w[:1], ",;:)") && words[i-1] != "(" {
			b.WriteByte(' ')
		}
		b.WriteString(w)
	}
	return b.String()
}

func texts(list []term) []string {
	out := make([]string, len(list))
	for i := range list {
		out[i] = list[i].text
	}
	return out
}

// table gives the wordings of the cells of one table: the row's label and the
// column's header.
func (w *wordings) table(from, to int) []Wording {
	rows := make([][]cell, to-from)
	width := 0
	for i := range rows {
		rows[i] = cellsOf(&w.passages[from+i])
		width = max(width, len(rows[i]))
	}
	head := headerRows(rows)
	columns := w.set.columnPaths(rows[:head], width)
	header := make([]string, head)
	for i := range header {
		header[i] = w.row(from + i)
	}
	var out []Wording
	for i := head; i < len(rows); i++ {
		p := &w.passages[from+i]
		label, _ := rowLabel(rows[i], columns)
		numbers := 0
		for n, c := range rows[i] {
			if numeric(c) && !(n < len(columns) && columns[n].ordinal) {
				numbers++
			}
		}
		for n, c := range rows[i] {
			for _, t := range vntext.Scan(c.text) {
				place, ok := w.place(p, c.start+t.Start, c.start+t.End)
				if !ok {
					continue
				}
				place.Sentence = strings.Join(append(slices.Clone(header), w.row(from+i)), "\n")
				found := Wording{Table: true, Example: place, token: t}
				if label.text != c.text {
					a, b := p.fold.Span(label.start, label.end)
					found.label = strings.Join(strings.Fields(w.doc.Text[p.block.Start+a:p.block.Start+b]), " ")
					found.known = w.understood(label.text)
				}
				found.Text = found.label
				if n < len(columns) && columns[n].text != "" {
					found.Text += " | " + columns[n].text
					if numbers > 1 {
						found.header = columns[n].parts[0].text
					}
				}
				found.Text += " | " + maskOf(t)
				found.alike = vntext.Key(found.Text)
				found.clause = "Nội dung\t" + cmp.Or(found.header, "Số lượng") + "\n" + found.label + "\t" + place.Text
				out = append(out, found)
			}
		}
	}
	return out
}

// understood says whether concepts that fill a slot make up most of a phrase.
func (w *wordings) understood(text string) bool {
	known := 0
	for _, h := range w.set.phrase(text).hits {
		if len(w.set.lexicon[w.set.owner[h.pattern]].set) > 0 {
			known = max(known, h.end-h.start)
		}
	}
	return 2*known > len(text)
}

// row gives a table row with one TAB between its cells.
func (w *wordings) row(i int) string {
	b := w.passages[i].block
	cells := strings.Split(w.doc.Text[b.Start:b.End], "\t")
	for i := range cells {
		cells[i] = strings.Join(strings.Fields(cells[i]), " ")
	}
	return strings.Join(cells, "\t")
}

package docx

// This file computes the list numbers that Word shows but does not store:
// numbering.xml says how each level looks, the counters say where it stands.

import (
	"fmt"
	"strconv"
	"strings"
)

// levels is how many list levels Word has.
const levels = 9

// listLevel says how the number of one level is written.
type listLevel struct {
	start   int
	format  string // w:numFmt: decimal, lowerRoman, bullet, ...
	text    string // "%1.%2." or the bullet itself
	font    string
	restart int  // 0 never, else the 1-based level after which this one starts anew; -1 as usual
	legal   bool // every number in decimal
	style   string
	known   bool
}

// list is an abstract definition.
type list struct {
	level [levels]listLevel
	link  string // the numbering style that holds the definition
	names string // the numbering style that this one defines
}

// instance is one w:num: a list, with levels changed or started anew.
type instance struct {
	list  string
	level [levels]*listLevel
	start [levels]int // start of a restarted level, -1 for none
}

// numbering gives each list paragraph its label.
type numbering struct {
	lists     map[string]*list
	instances map[string]*instance
	counters  map[string]*[levels]int // by list; 0 is "not yet"
	used      map[string]bool         // instances whose restarts have happened
}

// readNumbering reads numbering.xml; nil data gives no lists, a faulty part
// those before the fault.
func readNumbering(data []byte, th theme) (*numbering, error) {
	n := &numbering{
		lists: map[string]*list{}, instances: map[string]*instance{},
		counters: map[string]*[levels]int{}, used: map[string]bool{},
	}
	if data == nil {
		return n, nil
	}
	s := newScanner(data)
	for ev := s.next(); ev != evEOF; ev = s.next() {
		if ev != evOpen || s.ns != nsWord {
			continue
		}
		switch string(s.local) {
		case "abstractNum":
			id, _ := s.attr("abstractNumId")
			n.lists[id] = readList(s, th)
		case "num":
			id, _ := s.attr("numId")
			n.instances[id] = readInstance(s, th)
		}
	}
	if s.err != nil {
		return n, fmt.Errorf("%w: numbering: %v", ErrMalformed, s.err)
	}
	return n, nil
}

func readList(s *scanner, th theme) *list {
	l := &list{}
	depth := s.depth()
	for ev := s.next(); ev != evEOF && s.depth() >= depth; ev = s.next() {
		if ev != evOpen || s.ns != nsWord {
			continue
		}
		switch string(s.local) {
		case "lvl":
			if i := s.num("ilvl", 0); i >= 0 && i < levels {
				l.level[i] = readLevel(s, th)
			}
		case "numStyleLink":
			l.link, _ = s.attr("val")
		case "styleLink":
			l.names, _ = s.attr("val")
		}
	}
	return l
}

func readLevel(s *scanner, th theme) listLevel {
	lv := listLevel{start: 1, format: "decimal", restart: -1, known: true}
	depth := s.depth()
	for ev := s.next(); ev != evEOF && s.depth() >= depth; ev = s.next() {
		if ev != evOpen || s.ns != nsWord {
			continue
		}
		switch string(s.local) {
		case "start":
			lv.start = s.num("val", 1)
		case "numFmt":
			lv.format, _ = s.attr("val")
		case "lvlText":
			lv.text, _ = s.attr("val")
		case "lvlRestart":
			lv.restart = s.num("val", -1)
		case "isLgl":
			lv.legal = s.on()
		case "pStyle":
			lv.style, _ = s.attr("val")
		case "rFonts":
			lv.font = readFonts(s, th)
		}
	}
	return lv
}

func readInstance(s *scanner, th theme) *instance {
	in := &instance{}
	for i := range in.start {
		in.start[i] = -1
	}
	at := 0
	depth := s.depth()
	for ev := s.next(); ev != evEOF && s.depth() >= depth; ev = s.next() {
		if ev != evOpen || s.ns != nsWord {
			continue
		}
		switch string(s.local) {
		case "abstractNumId":
			in.list, _ = s.attr("val")
		case "lvlOverride":
			at = s.num("ilvl", 0)
		case "startOverride":
			if at >= 0 && at < levels {
				in.start[at] = s.num("val", 1)
			}
		case "lvl":
			if at >= 0 && at < levels {
				lv := readLevel(s, th)
				in.level[at] = &lv
			}
		}
	}
	return in
}

// resolve follows a definition to the numbering style that holds it.
func (n *numbering) resolve(id string, st *styles) (string, *list) {
	for hops := 0; hops < 8; hops++ {
		l := n.lists[id]
		if l == nil || l.link == "" {
			return id, l
		}
		numID, _, _ := st.numbering(l.link)
		in := n.instances[numID]
		if in == nil || in.list == id {
			return id, l
		}
		id = in.list
	}
	return id, nil
}

// levelOfStyle returns the level whose paragraphs have this style, -1 for none.
func (n *numbering) levelOfStyle(numID, style string, st *styles) int {
	in := n.instances[numID]
	if in == nil {
		return -1
	}
	_, l := n.resolve(in.list, st)
	if l == nil {
		return -1
	}
	for i := range l.level {
		if l.level[i].style == style {
			return i
		}
	}
	return -1
}

// label counts one paragraph of the list and returns its number or bullet as
// it is shown and the typeface it is shown in, "" when there is none.
func (n *numbering) label(numID string, level int, st *styles) (text, font string) {
	in := n.instances[numID]
	if in == nil || level < 0 || level >= levels {
		return "", ""
	}
	id, l := n.resolve(in.list, st)
	if l == nil {
		return "", ""
	}
	look := func(i int) *listLevel {
		if in.level[i] != nil {
			return in.level[i]
		}
		return &l.level[i]
	}
	count := n.counters[id]
	if count == nil {
		count = new([levels]int)
		for i := range count {
			count[i] = -1
		}
		n.counters[id] = count
	}
	if !n.used[numID] {
		n.used[numID] = true
		for i, start := range in.start {
			if start >= 0 {
				count[i] = -1
			}
		}
	}
	begin := func(i int) int {
		if in.start[i] >= 0 {
			return in.start[i]
		}
		return look(i).start
	}
	if count[level] < 0 {
		count[level] = begin(level)
	} else {
		count[level]++
	}
	for i := level + 1; i < levels; i++ {
		if r := look(i).restart; r < 0 || r > level {
			count[i] = -1
		}
	}
	lv := look(level)
	if !lv.known {
		return "", ""
	}
	if lv.format == "bullet" {
		return bullet(lv.text, lv.font), lv.font
	}
	if lv.format == "none" && !strings.Contains(lv.text, "%") {
		return lv.text, lv.font
	}
	var b strings.Builder
	for i := 0; i < len(lv.text); i++ {
		if lv.text[i] != '%' || i+1 == len(lv.text) || lv.text[i+1] < '1' || lv.text[i+1] > '9' {
			b.WriteByte(lv.text[i])
			continue
		}
		i++
		k := int(lv.text[i] - '1')
		value, format := count[k], look(k).format
		if value < 0 {
			value = begin(k)
		}
		if lv.legal && format != "bullet" && format != "none" {
			format = "decimal"
		}
		b.WriteString(ordinal(value, format))
	}
	return b.String(), lv.font
}

// ordinal writes a list number in one of Word's formats; formats that count in
// words or in other scripts are written in digits.
func ordinal(n int, format string) string {
	switch format {
	case "none", "bullet":
		return ""
	case "lowerRoman":
		return strings.ToLower(roman(n))
	case "upperRoman":
		return roman(n)
	case "lowerLetter":
		return letters(n)
	case "upperLetter":
		return strings.ToUpper(letters(n))
	case "decimalZero":
		if n >= 0 && n < 10 {
			return "0" + strconv.Itoa(n)
		}
	}
	return strconv.Itoa(n)
}

// letters counts a..z, aa, bb, ..., as Word does.
func letters(n int) string {
	if n < 1 || n > 26*30 {
		return strconv.Itoa(n)
	}
	return strings.Repeat(string(rune('a'+(n-1)%26)), (n-1)/26+1)
}

func roman(n int) string {
	if n < 1 || n > 3999 {
		return strconv.Itoa(n)
	}
	var b strings.Builder
	for _, step := range [...]struct {
		value int
		sign  string
	}{
		{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"},
		{50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"},
	} {
		for n >= step.value {
			b.WriteString(step.sign)
			n -= step.value
		}
	}
	return b.String()
}

// bullet returns what a bullet looks like. Symbol fonts put their signs in the
// private use area, or at the place of an ASCII character.
func bullet(text, font string) string {
	var b strings.Builder
	for _, r := range text {
		if sign, ok := symbol(font, r); ok {
			b.WriteRune(sign)
		} else if r >= 0xE000 && r <= 0xF8FF {
			b.WriteRune('•')
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

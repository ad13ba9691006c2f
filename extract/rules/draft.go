// This file writes the draft of a rule for a wording that no rule knows.

package rules

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"baocao/normalize/vntext"
)

// ErrNoDraft is returned for wordings that no draft can be written for: ranges,
// numbers without words, and rows of tables whose label is understood, so that what
// lacks is not a word but a rule for what it means.
var ErrNoDraft = errors.New("no rule can be drafted")

// draftable tells the wordings that a rule can be drafted for.
func (w *Wording) draftable() bool {
	return w.token.Kind != vntext.TokRange && strings.Trim(w.Text, " |#%/") != "" && !(w.Table && (w.known || w.label == ""))
}

// DraftFile writes a rule file with one rule for each of the wanted wordings. A
// rule reads the number of its wording; its example that matches is the clause
// that the wording was found in, its example that must not match the clause of
// the wording in all that is most like it. The indicator is the one of the catalogue
// whose label is nearest: a person must confirm it. The file loads together with
// the set.
func DraftFile(s *Set, wanted, all []Wording) (string, error) {
	used := map[string]bool{}
	for id := range s.byID {
		used[id] = true
	}
	var drafts []*draft
	for i := range wanted {
		w := &wanted[i]
		if !w.draftable() {
			return "", fmt.Errorf("%q: %w", w.Text, ErrNoDraft)
		}
		d := &draft{set: s, w: w, id: idOf(w.Text, used), unlike: neighbours(w, all), near: s.Suggest(w)}
		used[d.id] = true
		drafts = append(drafts, d)
	}
	for {
		text := fileOf(drafts)
		trial, err := Load(append(slices.Clone(s.sources), Source{FS: oneFile(text), Dir: ".", Name: "draft"})...)
		if err != nil {
			return "", fmt.Errorf("draft rules: %w", err)
		}
		again := false
		for _, d := range drafts {
			again = d.try(trial) || again
		}
		if !again {
			return fileOf(drafts), nil
		}
	}
}

func fileOf(drafts []*draft) string {
	var concepts, bodies strings.Builder
	for _, d := range drafts {
		concepts.WriteString(d.concept())
		bodies.WriteString(d.rule())
	}
	text := "rules:\n" + bodies.String()
	if concepts.Len() > 0 {
		text = "concepts:\n" + concepts.String() + text
	}
	return text
}

// try runs the examples of a draft and changes it where they do not come out: to
// a rule that ignores more, another text that must not match, another indicator. It says
// whether there is something new to run. A draft that runs out of ways keeps the
// last: other rules understand its words in another way, and a person must look.
func (d *draft) try(trial *Set) (again bool) {
	if d.done {
		return false
	}
	d.passes = true
	for _, e := range trial.byID[d.id].Examples {
		d.passes = d.passes && trial.checkExample(trial.byID[d.id], e) == ""
	}
	switch {
	case d.passes:
	case d.w.Table && !d.ignore:
		d.ignore = true
		return true
	case d.other+1 < len(d.unlike):
		d.other++
		return true
	case d.pick+1 < len(d.near): // perhaps another number of the sentence has that indicator
		d.pick, d.other, d.ignore = d.pick+1, 0, false
		return true
	}
	d.done = true
	return false
}

// neighbours gives the sentences of the wordings that share most words with one,
// and a last one that has nothing to do with any.
func neighbours(w *Wording, all []Wording) []string {
	const most = 2
	mine := labelWords(w.Text)
	shared := func(o *Wording) int {
		n := 0
		for word := range labelWords(o.Text) {
			if mine[word] {
				n++
			}
		}
		return n
	}
	var list []*Wording
	for i := range all {
		if o := &all[i]; o.Table == w.Table && o.alike != w.alike && o.clause != w.clause && shared(o) > 0 {
			list = append(list, o)
		}
	}
	slices.SortStableFunc(list, func(a, b *Wording) int { return cmp.Compare(shared(b), shared(a)) })
	var out []string
	for _, o := range list[:min(most, len(list))] {
		out = append(out, o.clause)
	}
	return append(out, "Thực hiện Kế hoạch số 12/KH-UBND ngày 05 tháng 01 năm 2024.")
}

// oneFile is a folder with one rule file, which need not exist on a disk.
type oneFile string

const oneFileName = "draft.yaml"

func (oneFile) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

func (oneFile) Glob(string) ([]string, error) { return []string{oneFileName}, nil }

func (f oneFile) ReadFile(string) ([]byte, error) { return []byte(f), nil }

// draft is one rule being written.
type draft struct {
	set    *Set
	w      *Wording
	id     string
	near   []Indicator // that it may be about, the nearest first
	pick   int         // index of the one taken
	unlike []string    // texts that must not match; the rule carries one
	other  int         // index of that one
	ignore bool        // let the rule apply whatever else is said
	passes bool        // its examples come out as they say
	done   bool        // nothing is left to try
}

// idOf makes a new name of the words.
func idOf(text string, used map[string]bool) string {
	words := []string{"draft"}
	for _, w := range strings.Fields(vntext.Plain(text)) {
		if w = strings.Trim(w, "<>|#%/.,()"); w != "" && len(words) < 7 && strings.Trim(w, "abcdefghijklmnopqrstuvwxyz0123456789-") == "" {
			words = append(words, w)
		}
	}
	id := strings.Join(words, "-")
	for n := 2; used[id]; n++ {
		id = strings.Join(words, "-") + "-" + strconv.Itoa(n)
	}
	return id
}

// concept says what the row of a table is about; sentences need none.
func (d *draft) concept() string {
	if !d.w.Table {
		return ""
	}
	text := fmt.Sprintf("  - set: {obj: %s}\n    noun: true\n    patterns: [%s]\n", d.object(), quoted(patternOf(strings.Fields(d.w.label))))
	if d.w.header != "" {
		text += fmt.Sprintf("  - set: {attr: %s}\n    for: [%s]\n    patterns: [%s]\n", d.object(), d.object(), quoted(patternOf(strings.Fields(d.w.header))))
	}
	return text
}

// when is the condition of a rule for a table cell.
func (d *draft) when() string {
	if d.w.header != "" {
		return "{obj: " + d.object() + ", attr: " + d.object() + "}"
	}
	return "{obj: " + d.object() + "}"
}

// object is the value of slot obj that stands for the row.
func (d *draft) object() string { return strings.ReplaceAll(d.id, "-", "_") }

func (d *draft) rule() string {
	ind := d.near[d.pick]
	var b strings.Builder
	say := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	w := d.w
	say("  # %q: %d lần, %d báo cáo, %d đơn vị; ví dụ ở %s, trang %d, dòng %d", w.Text, w.Count, w.Reports, w.Units, w.Example.File, w.Example.Page, w.Example.Line)
	say("  # Chỉ tiêu đoán theo tên gọi, cần xem lại: %s (%s)", ind.ID, ind.Label)
	for i, other := range d.near {
		if i != d.pick {
			say("  #   hoặc %s (%s)", other.ID, other.Label)
		}
	}
	if d.done && !d.passes {
		say("  # Ví dụ chưa cho kết quả mong muốn: quy tắc khác hiểu các từ này theo cách khác, xem baocao rules explain.")
	}
	say("  - id: %s", d.id)
	switch {
	case !w.Table:
		say("    pattern: %s", quoted(d.pattern()))
	case d.ignore:
		say("    when: %s", d.when())
		say("    ignore: [%s]", strings.Join(d.slots(), ", "))
	default:
		say("    when: %s", d.when())
	}
	say("    %s: %s", keyFor(ind.Kind), ind.ID)
	say("    examples:")
	say("      - text: %s", strconv.Quote(w.clause))
	say("        want: {%s: %q}", strconv.Quote(ind.ID), w.token.Value)
	say("      - text: %s", strconv.Quote(d.unlike[d.other]))
	say("        want: none")
	return b.String()
}

// keyFor gives the key of a rule under which an indicator of the kind stands.
func keyFor(kind string) string {
	switch kind {
	case "percent":
		return "rate"
	case "money":
		return "money"
	}
	return "count"
}

// slots names what a rule can ignore.
func (d *draft) slots() []string {
	var out []string
	for i, s := range d.set.slots {
		if i != d.set.well.obj && !s.free && !(s.name == "attr" && d.w.header != "") {
			out = append(out, s.name)
		}
	}
	return out
}

// pattern is the expression for a sentence: its words with {num} in the place of
// the number.
func (d *draft) pattern() string {
	number := "{num}"
	if d.w.token.Kind == vntext.TokPercent {
		number = "{num} ?%"
	}
	parts := []string{number}
	if left := patternOf(d.w.left); left != "" {
		parts = append([]string{left}, parts...)
	}
	if right := patternOf(d.w.right); right != "" {
		parts = append(parts, right)
	}
	return strings.Join(parts, "[ ,:;(-]*")
}

// patternOf makes an expression of words: a number stands for any, a mask for a few
// words, and spaces around marks do not matter.
func patternOf(words []string) string {
	var b strings.Builder
	for i, w := range words {
		mark := strings.Trim(w, ",;:()-") == ""
		switch {
		case i == 0:
		case mark || strings.Trim(words[i-1], ",;:()-") == "":
			b.WriteString(" ?")
		default:
			b.WriteString(" ")
		}
		switch {
		case strings.HasPrefix(w, "<"):
			b.WriteString("[^,;:()]+")
		case strings.HasPrefix(w, "#"):
			b.WriteString("[0-9][0-9.,/]*" + strings.TrimLeft(w, "#/"))
		default:
			b.WriteString(regexp.QuoteMeta(strings.ToLower(w)))
		}
	}
	return b.String()
}

// quoted writes a text as YAML in single quotes, in which a backslash is itself.
func quoted(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

// suggestions is how many indicators are named.
const suggestions = 3

// Suggest gives the indicators of the catalogue whose labels share most with the
// words of a wording, rarer words counting more; the best first, never none.
func (s *Set) Suggest(w *Wording) []Indicator {
	kinds := []string{"count"}
	switch text := vntext.Key(w.Text); {
	case w.token.Kind == vntext.TokPercent:
		kinds = []string{"percent"}
	case strings.Contains(text, "đồng"), w.token.Rounding >= 1_000_000:
		kinds = []string{"money"}
	}
	var list []Indicator
	uses := map[string]int{}
	for _, ind := range s.catalogue {
		if slices.Contains(kinds, ind.Kind) {
			list = append(list, ind)
			for word := range labelWords(ind.Label) {
				uses[word]++
			}
		}
	}
	near, all := labelWords(w.Text), labelWords(w.Example.Sentence)
	score := func(ind Indicator) float64 {
		total, size := 0.0, 1.0
		for word := range labelWords(ind.Label) {
			weight := 1 / float64(uses[word])
			size += weight
			switch {
			case near[word]:
				total += weight
			case all[word]:
				total += weight / 4
			}
		}
		return total / size
	}
	slices.SortFunc(list, func(a, b Indicator) int {
		return cmp.Or(cmp.Compare(score(b), score(a)), cmp.Compare(a.ID, b.ID))
	})
	return list[:min(suggestions, len(list))]
}

// labelWords are the words of a label that say something.
func labelWords(label string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(vntext.Key(label)) {
		switch w = strings.Trim(w, ".,;:()|#%<>/"); w {
		case "", "số", "tỉ", "lệ", "các", "của", "được", "đã", "có", "và", "là", "trong", "về", "cho":
		default:
			out[w] = true
		}
	}
	return out
}

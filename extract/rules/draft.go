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

// ErrNoDraft is returned for numbers that no rule can read: ranges, and cells
// without a label.
var ErrNoDraft = errors.New("no rule can be drafted")

// Draft is a rule file for one wording.
type Draft struct {
	YAML string
	// Passes says that the file loads and its examples come out as they say. Where
	// it is false the words hold something that other rules understand in another
	// way; the file loads all the same.
	Passes bool
}

// Draft writes a rule that reads the number of a wording, with the sentence it was
// found in as the example that matches. Unlike is a wording that must not match.
// The indicator is the one of the catalogue whose label is nearest: a person must
// confirm it.
func (s *Set) Draft(w, unlike *Wording) (Draft, error) {
	if w.token.Kind == vntext.TokRange || strings.Trim(w.Text, " |#%/") == "" {
		return Draft{}, fmt.Errorf("%q: %w", w.Text, ErrNoDraft)
	}
	var last Draft
	for _, ignore := range []bool{false, true} {
		d := draft{set: s, w: w, unlike: unlike, ignore: ignore}
		text := d.yaml()
		trial, err := Load(append(slices.Clone(s.sources), Source{FS: oneFile(text), Dir: ".", Name: "draft"})...)
		if err != nil {
			return Draft{}, fmt.Errorf("draft a rule for %q: %w", w.Text, err)
		}
		last = Draft{YAML: text, Passes: true}
		for _, e := range trial.byID[d.id()].Examples {
			last.Passes = last.Passes && trial.checkExample(trial.byID[d.id()], e) == ""
		}
		if last.Passes || !w.Table {
			break
		}
	}
	return last, nil
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
	set       *Set
	w, unlike *Wording
	ignore    bool // let the rule apply whatever else is said
}

// id makes a name of the words.
func (d *draft) id() string {
	var words []string
	for _, w := range strings.Fields(vntext.Plain(d.w.Text)) {
		if w = strings.Trim(w, "<>|#%/.,()"); w != "" && len(words) < 6 && strings.Trim(w, "abcdefghijklmnopqrstuvwxyz0123456789-") == "" {
			words = append(words, w)
		}
	}
	return "draft-" + strings.Join(words, "-")
}

func (d *draft) yaml() string {
	near := d.set.Suggest(d.w)
	ind := near[0]
	var b strings.Builder
	say := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	w := d.w
	say("# %q: %d lần, %d báo cáo, %d đơn vị; ví dụ ở %s, trang %d, dòng %d", w.Text, w.Count, w.Reports, w.Units, w.Example.File, w.Example.Page, w.Example.Line)
	say("# Chỉ tiêu là phỏng đoán theo tên gọi, cần người xem lại: %s (%s)", ind.ID, ind.Label)
	for _, other := range near[1:] {
		say("#   hoặc %s (%s)", other.ID, other.Label)
	}
	id := d.id()
	if w.Table {
		value := strings.ReplaceAll(id, "-", "_")
		label, _, _ := strings.Cut(w.Text, " | ")
		say("concepts:")
		say("  - set: {obj: %s}", value)
		say("    noun: true")
		say("    patterns: [%s]", quoted(patternOf(strings.Fields(label))))
		say("rules:")
		say("  - id: %s", id)
		say("    when: {obj: %s}", value)
		if d.ignore {
			say("    ignore: [%s] # bỏ bớt cho đến khi chỉ còn những gì cần bỏ qua", strings.Join(d.slots(), ", "))
		}
	} else {
		say("rules:")
		say("  - id: %s", id)
		say("    pattern: %s", quoted(d.pattern()))
	}
	say("    %s: %s", keyFor(ind.Kind), ind.ID)
	say("    examples:")
	say("      - text: %s", strconv.Quote(w.Example.Sentence))
	say("        want: {%s: %q}", strconv.Quote(ind.ID), w.token.Value)
	say("      - text: %s", strconv.Quote(d.otherText()))
	say("        want: none")
	return b.String()
}

// otherText is a text that the rule must not read.
func (d *draft) otherText() string {
	if d.unlike != nil {
		return d.unlike.Example.Sentence
	}
	return "Thực hiện Kế hoạch số 12/KH-UBND ngày 05 tháng 01 năm 2024"
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
		if i != d.set.well.obj && !s.free {
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

// patternOf makes an expression of words; a mask stands for a few words.
func patternOf(words []string) string {
	var parts []string
	for _, w := range words {
		switch {
		case strings.HasPrefix(w, "<"), strings.HasPrefix(w, "#"):
			parts = append(parts, `[^,;:()]+`)
		default:
			parts = append(parts, regexp.QuoteMeta(strings.ToLower(w)))
		}
	}
	return strings.Join(parts, " ")
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

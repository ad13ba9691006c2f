// This file finds many words in a text in one pass: the automaton of Aho and
// Corasick (Efficient string matching, CACM 18(6), 1975), in a form that fits
// into a processor's cache.

package rules

import (
	"cmp"
	"slices"
)

// automaton holds the words as a trie with fail links. A state's edges lie side
// by side, as most states have but one: a row of 256 targets for each of the
// nearly hundred thousand states would take 150 MB and miss the cache at every
// step. States are numbered breadth first; 0 is the root.
type automaton struct {
	first   []uint32 // per state: where its edges begin; one more at the end
	label   []byte   // per edge
	target  []uint32 // per edge
	fail    []uint32 // per state: the longest proper suffix that is a state too
	word    []int32  // per state: the word that ends here, -1 for none
	shorter []uint32 // per state: the next of the fail links at which a word ends, 0 for none
	length  []int32  // per word
	root    [256]uint32
}

// newAutomaton builds the automaton of words, which are not empty and differ.
func newAutomaton(words []string) *automaton {
	a := &automaton{length: make([]int32, len(words))}
	order := make([]int32, len(words))
	for i, w := range words {
		order[i], a.length[i] = int32(i), int32(len(w))
	}
	slices.SortFunc(order, func(x, y int32) int { return cmp.Compare(words[x], words[y]) })
	// A state stands for the words order[lo:hi], which share depth bytes.
	type state struct{ lo, hi, depth int }
	states := []state{{0, len(order), 0}}
	a.fail, a.word, a.shorter = []uint32{0}, []int32{-1}, []uint32{0}
	for s := 0; s < len(states); s++ {
		lo, hi, depth := states[s].lo, states[s].hi, states[s].depth
		a.first = append(a.first, uint32(len(a.label)))
		if lo < hi && len(words[order[lo]]) == depth {
			a.word[s] = order[lo]
			lo++
		}
		for lo < hi {
			c := words[order[lo]][depth]
			next := lo + 1
			for next < hi && words[order[next]][depth] == c {
				next++
			}
			a.label, a.target = append(a.label, c), append(a.target, uint32(len(states)))
			states = append(states, state{lo, next, depth + 1})
			a.fail, a.word, a.shorter = append(a.fail, 0), append(a.word, -1), append(a.shorter, 0)
			lo = next
		}
	}
	a.first = append(a.first, uint32(len(a.label)))
	for e := a.first[0]; e < a.first[1]; e++ {
		a.root[a.label[e]] = a.target[e]
	}
	for s := range uint32(len(states)) {
		for e := a.first[s]; e < a.first[s+1]; e++ {
			t := a.target[e]
			if s != 0 {
				a.fail[t] = a.step(a.fail[s], a.label[e])
			}
			f := a.fail[t]
			if a.shorter[t] = f; a.word[f] < 0 {
				a.shorter[t] = a.shorter[f]
			}
		}
	}
	return a
}

// step gives the state after byte c in state s.
func (a *automaton) step(s uint32, c byte) uint32 {
	for s != 0 {
		for e, end := a.first[s], a.first[s+1]; e < end; e++ {
			if a.label[e] == c {
				return a.target[e]
			}
		}
		s = a.fail[s]
	}
	return a.root[c]
}

// walk calls found for every place at which a word stands in text, those that
// overlap included, in the order of their ends.
func (a *automaton) walk(text string, found func(start, end int, word int32)) {
	s := uint32(0)
	for i := range len(text) {
		s = a.step(s, text[i])
		at := s
		if a.word[at] < 0 {
			at = a.shorter[at]
		}
		for at != 0 {
			w := a.word[at]
			found(i+1-int(a.length[w]), i+1, w)
			at = a.shorter[at]
		}
	}
}

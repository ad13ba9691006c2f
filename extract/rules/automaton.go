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
// step. States are numbered depth first, so that a phrase is read along
// neighbouring states and edges; 0 is the root.
type automaton struct {
	states []state // one more at the end, for the end of the last edges
	edges  []edge
	length []int32 // per word
	root   [256]uint32
}

// state is what a step needs of a state, side by side.
type state struct {
	edges   uint32 // where its edges begin; those of the next state begin where they end
	fail    uint32 // the longest proper suffix that is a state too
	shorter uint32 // the next of the fail links at which a word ends, 0 for none
	word    int32  // the word that ends here, -1 for none
}

// edge is a byte and the state that it leads to, in the lower 24 bits.
type edge uint32

func (e edge) label() byte    { return byte(e >> 24) }
func (e edge) target() uint32 { return uint32(e) & (1<<24 - 1) }

// maxAutomaton bounds the bytes of all words together, so that states fit an edge.
const maxAutomaton = 1<<24 - 1

// newAutomaton builds the automaton of words, which are not empty, differ, and
// have fewer than maxAutomaton bytes together.
func newAutomaton(words []string) *automaton {
	a := &automaton{length: make([]int32, len(words))}
	order := make([]int32, len(words))
	for i, w := range words {
		order[i], a.length[i] = int32(i), int32(len(w))
	}
	slices.SortFunc(order, func(x, y int32) int { return cmp.Compare(words[x], words[y]) })
	total := statesOf(words, order)
	a.states, a.edges = make([]state, 0, total+1), make([]edge, 0, total-1) // an edge leads to every state but the root
	depths := make([]int32, 0, total)                                       // per state
	// grow makes the state of the words order[lo:hi], which share depth bytes.
	var grow func(lo, hi, depth int) uint32
	grow = func(lo, hi, depth int) uint32 {
		s := uint32(len(a.states))
		a.states, depths = append(a.states, state{edges: uint32(len(a.edges)), word: -1}), append(depths, int32(depth))
		if lo < hi && len(words[order[lo]]) == depth {
			a.states[s].word = order[lo]
			lo++
		}
		ends := func(at int) int {
			c := words[order[at]][depth]
			for at++; at < hi && words[order[at]][depth] == c; at++ {
			}
			return at
		}
		for at := lo; at < hi; at = ends(at) {
			a.edges = append(a.edges, edge(words[order[at]][depth])<<24)
		}
		for at, e := lo, a.states[s].edges; at < hi; e++ {
			next := ends(at)
			a.edges[e] |= edge(grow(at, next, depth+1))
			at = next
		}
		return s
	}
	grow(0, len(order), 0)
	a.states = append(a.states, state{edges: uint32(len(a.edges))})
	for _, e := range a.out(0) {
		a.root[e.label()] = e.target()
	}
	// Fail links lead to shallower states, so those come first.
	for _, s := range shallowFirst(depths) {
		for _, e := range a.out(s) {
			t := e.target()
			if s != 0 {
				a.states[t].fail = a.step(a.states[s].fail, e.label())
			}
			f := a.states[t].fail
			if a.states[t].shorter = f; a.states[f].word < 0 {
				a.states[t].shorter = a.states[f].shorter
			}
		}
	}
	return a
}

// statesOf counts the states of words in the order of their bytes: each has one for
// every byte that it does not share with the word before, and there is the root.
func statesOf(words []string, order []int32) int {
	n, before := 1, ""
	for _, i := range order {
		w := words[i]
		shared := 0
		for shared < min(len(w), len(before)) && w[shared] == before[shared] {
			shared++
		}
		n += len(w) - shared
		before = w
	}
	return n
}

// shallowFirst gives the states in the order of their depths.
func shallowFirst(depths []int32) []uint32 {
	next := make([]int32, slices.Max(depths)+2) // by depth: where its next state goes
	for _, d := range depths {
		next[d+1]++
	}
	for d := range len(next) - 1 {
		next[d+1] += next[d]
	}
	out := make([]uint32, len(depths))
	for s, d := range depths {
		out[next[d]] = uint32(s)
		next[d]++
	}
	return out
}

// out gives the edges of a state.
func (a *automaton) out(s uint32) []edge { return a.edges[a.states[s].edges:a.states[s+1].edges] }

// step gives the state after byte c in state s.
func (a *automaton) step(s uint32, c byte) uint32 {
	for s != 0 {
		for _, e := range a.out(s) {
			if e.label() == c {
				return e.target()
			}
		}
		s = a.states[s].fail
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
		if a.states[at].word < 0 {
			at = a.states[at].shorter
		}
		for at != 0 {
			w := a.states[at].word
			found(i+1-int(a.length[w]), i+1, w)
			at = a.states[at].shorter
		}
	}
}

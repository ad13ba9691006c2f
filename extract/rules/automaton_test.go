package rules

// This file tests that narrowing down loses nothing: words, places at which an
// expression can begin, rules.

import (
	"math/rand/v2"
	"regexp/syntax"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// TestAutomatonFindsEveryWord compares with a search for each word by itself, on
// few letters, so that words overlap and hold each other.
func TestAutomatonFindsEveryWord(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	random := func(n int) string {
		var b strings.Builder
		for range n {
			b.WriteByte("abế "[r.IntN(5)])
		}
		return b.String()
	}
	for range 500 {
		var words []string
		for range 1 + r.IntN(12) {
			if w := random(1 + r.IntN(5)); !slices.Contains(words, w) {
				words = append(words, w)
			}
		}
		text := random(r.IntN(60))
		type place struct {
			start, end int
			word       int32
		}
		var got, want []place
		newAutomaton(words).walk(text, func(start, end int, word int32) { got = append(got, place{start, end, word}) })
		for end := range len(text) + 1 {
			for length := end; length > 0; length-- {
				if i := slices.Index(words, text[end-length:end]); i >= 0 {
					want = append(want, place{end - length, end, int32(i)})
				}
			}
		}
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(place{})); diff != "" {
			t.Fatalf("words %q in %q:\n%s", words, text, diff)
		}
	}
	newAutomaton(nil).walk("abc", func(int, int, int32) { t.Error("found a word of none") })
}

func TestBeginnings(t *testing.T) {
	for pattern, want := range map[string]string{
		`(ở |tại )?thôn( [^ ]+)*`:   "thôn|tại |ở ",
		`(hmail |thư )*(của )[^ ]+`: "của |hmail |thư ",
		`(chưa|không) có [^ ]+ gì`:  "chưa|không",
		`(đã )+báo .*`:              "đã ",
		`[^ ]+ hồ sơ`:               "unknown",
		`^hồ sơ.*`:                  "unknown",
		`(hồ )?(sơ )?[^ ]+`:         "unknown",
		`(hồ )?(sơ)*`:               "hồ |sơ, or empty",
		`( các)? ?(thôn|xóm)+`:      " các| thôn| xóm|thôn|xóm",
	} {
		re, err := syntax.Parse(pattern, syntax.Perl)
		if err != nil {
			t.Fatal(err)
		}
		begins, empty, ok := beginnings(re.Simplify())
		slices.Sort(begins)
		got := strings.Join(begins, "|")
		switch {
		case !ok:
			got = "unknown"
		case empty:
			got += ", or empty"
		}
		if got != want {
			t.Errorf("%s begins with %q, want %q", pattern, got, want)
		}
	}
}

// TestLongestMatch compares what a match can have with one that has it, on words
// of letters of three bytes.
func TestLongestMatch(t *testing.T) {
	for pattern, want := range map[string]int{
		`ế`:                3,
		`ế?(ộ|ếộ)`:         9,
		`[a-ế]{2,3}x`:      3*utf8.UTFMax + 1,
		`a( [^ ]+){1,2}`:   -1,
		`a$`:               -1,
		`(a|b*)c`:          -1,
		`a(?: (b|c)){0,2}`: 5,
	} {
		re, err := syntax.Parse(pattern, syntax.Perl)
		if err != nil {
			t.Fatal(err)
		}
		if want >= 0 {
			want += utf8.UTFMax
		}
		if got := longest(re.Simplify()); got != want {
			t.Errorf("%s: %d bytes decide, want %d", pattern, got, want)
		}
	}
}

// TestCandidatesHoldEveryRuleThatFits tries all rules on random frames.
func TestCandidatesHoldEveryRuleThatFits(t *testing.T) {
	s, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(3, 4))
	p := &passage{}
	fitted := 0
	for _, rule := range s.rules {
		for range 40 {
			var f frame
			for _, c := range rule.when {
				if len(c.values) > 0 {
					f.v[c.slot] = int16(c.values[r.IntN(len(c.values))])
				}
			}
			if r.IntN(2) == 0 { // and something else
				slot := r.IntN(len(s.slots))
				f.v[slot] = int16(r.IntN(len(s.names[slot]) + 1))
			}
			among := s.candidates(&f)
			for _, other := range s.rules {
				if other.pattern != nil || s.meets(other, p, &f) != "" {
					continue
				}
				fitted++
				if !slices.Contains(among, other) {
					t.Fatalf("%s fits %v, but is no candidate", other.ID, f.v)
				}
			}
		}
	}
	if fitted < 1000 {
		t.Errorf("only %d rules fitted", fitted)
	}
}

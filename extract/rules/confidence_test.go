// This file tests that doubts lower a confidence as the rule files say.

package rules

import (
	"math"
	"strings"
	"testing"
	"testing/fstest"
)

func TestConfidence(t *testing.T) {
	w := noDoubt()
	w.base = 99
	if got := w.confidence(0); math.Abs(got-0.99) > 1e-9 {
		t.Errorf("odds of 99 to 1 are %v, want 0.99", got)
	}
	w.by[0], w.by[1] = 9, 11
	if got := w.confidence(DoubtObjectFar | DoubtObjectParent); math.Abs(got-0.5) > 1e-9 {
		t.Errorf("odds of 99 divided by 9 and by 11 are %v, want 0.5", got)
	}
	if n := len(doubtNames()); n != doubtCount {
		t.Errorf("%d names for %d doubts", n, doubtCount)
	}
	if got := (DoubtObjectFar | DoubtSecondFigure).String(); got != "object_far, second_figure" {
		t.Errorf("names %q", got)
	}
}

// Two readings of one figure that contradict each other are both doubted; two that
// agree are not.
func TestConfidenceOfDocument(t *testing.T) {
	set := defaultSet(t)
	of := func(text string) map[string]float64 {
		out := map[string]float64{}
		for _, f := range set.Extract(exampleDocument(Example{Text: text})).Figures {
			if f.Confidence <= 0 || f.Confidence > 1 {
				t.Errorf("%s: confidence %v", f.Indicator, f.Confidence)
			}
			out[f.Indicator+"="+f.Value] = f.Confidence
		}
		return out
	}
	once := of("Đã tiếp nhận 239 hồ sơ.")["dossiers.received=239"]
	twice := of("Đã tiếp nhận 239 hồ sơ.\nTrong kỳ đã tiếp nhận 239 hồ sơ.")["dossiers.received=239"]
	against := of("Đã tiếp nhận 239 hồ sơ.\nTrong kỳ đã tiếp nhận 241 hồ sơ.")["dossiers.received=239"]
	if !(against < once && once < twice) {
		t.Errorf("confidence %v when contradicted, %v alone, %v when repeated", against, once, twice)
	}
	strange := of("Đã tiếp nhận gom góp lung tung khắp nẻo 239 hồ sơ.")["dossiers.received=239"]
	if strange >= once {
		t.Errorf("confidence %v among unknown words, %v without", strange, once)
	}
}

func TestConfidenceFaults(t *testing.T) {
	for yaml, want := range map[string]string{
		"confidence: {odds: many}\n":                 `x/c.yaml:1:20: factor must be a number greater than 0, found "many"`,
		"confidence: {odds: -1}\n":                   "greater than 0",
		"confidence:\n  divide: {object_fra: 2}\n":   `x/c.yaml:2:12: unknown doubt "object_fra" (did you mean "object_far"?)`,
		"confidence:\n  multiply: {object_far: 2}\n": `unknown key "multiply" in confidence`,
	} {
		_, err := LoadWith(Source{FS: fstest.MapFS{"c.yaml": {Data: []byte(yaml)}}, Dir: ".", Name: "x"})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %s", yaml, err, want)
		}
	}
}

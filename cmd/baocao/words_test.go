package main

import (
	"testing"

	"baocao/extract/rules"
)

// Every indicator has a name and a unit of measure in both languages.
func TestWordsOfTheCatalogue(t *testing.T) {
	english := englishMeasures()
	for _, ind := range rules.Catalogue() {
		if ind.Label == "" || ind.LabelEN == "" {
			t.Errorf("%s has no name in one of the languages", ind.ID)
		}
		if english[ind.Unit] == "" {
			t.Errorf("%s is counted in %q, which has no English name", ind.ID, ind.Unit)
		}
	}
}

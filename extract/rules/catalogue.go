// This file holds the catalogue: every indicator that rules may name, with its unit and
// labels.

package rules

import (
	_ "embed"
	"fmt"
	"sort"
	"strings"
)

// Indicator is one row of the catalogue: what a figure means.
type Indicator struct {
	ID      string
	Label   string // Vietnamese
	LabelEN string
	Unit    string // "hồ sơ", "%", "đồng"
	Kind    string // count, percent, money, score, rank
	Period  string // flow, stock, stock_open, stock_close, cumulative_year, cumulative, annual
	ByField bool   // the catalogue knows it per field (lĩnh vực) too
}

//go:embed catalogue.tsv
var catalogueTSV string

// Catalogue returns all indicators, sorted by id.
func Catalogue() []Indicator {
	var out []Indicator
	for i, line := range strings.Split(strings.TrimSpace(catalogueTSV), "\n") {
		if i == 0 {
			continue
		}
		c := strings.Split(line, "\t")
		out = append(out, Indicator{ID: c[0], Label: c[1], LabelEN: c[2], Unit: c[3], Kind: c[4], Period: c[5], ByField: c[6] == "yes"})
	}
	sort.Slice(out, func(i, j int) bool { return out[i].ID < out[j].ID })
	return out
}

// catalogueByID maps ids to rows, for the loader.
func catalogueByID() map[string]Indicator {
	m := map[string]Indicator{}
	for _, ind := range Catalogue() {
		m[ind.ID] = ind
	}
	return m
}

// checkCatalogue reports rows that are malformed; a test calls it.
func checkCatalogue() error {
	seen := map[string]bool{}
	for i, line := range strings.Split(strings.TrimSpace(catalogueTSV), "\n") {
		c := strings.Split(line, "\t")
		if len(c) != 7 {
			return fmt.Errorf("catalogue.tsv:%d: want 7 columns, found %d", i+1, len(c))
		}
		if seen[c[0]] {
			return fmt.Errorf("catalogue.tsv:%d: indicator %s is repeated", i+1, c[0])
		}
		seen[c[0]] = true
	}
	return nil
}

func sortStrings(s []string) { sort.Strings(s) }

// This file reads hand labels and the table of indicators that says which of them
// were labelled.

package accuracy

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Labels are the hand labels of one document.
type Labels struct {
	Name    string        `json:"-"` // of the files, without ending
	Report  HeaderLabels  `json:"report"`
	Figures []FigureLabel `json:"figures"`
}

// HeaderLabels say what a document is; "" where the text does not say.
type HeaderLabels struct {
	Unit   string `json:"unit"`
	Period string `json:"period"`
	Number string `json:"number"`
	Date   string `json:"date"`
}

// FigureLabel is one figure that a careful reader takes from the text.
type FigureLabel struct {
	Indicator string            `json:"indicator"`
	Dims      map[string]string `json:"dims"`
	Value     string            `json:"value"`
	Certainty string            `json:"certainty"` // "sure" or "arguable"; sure where absent
	Span      string            `json:"span"`      // the report's period where absent
}

// sure says whether the label counts for recall.
func (f *FigureLabel) sure() bool {
	return (f.Certainty == "" || f.Certainty == "sure") && (f.Span == "" || f.Span == "period")
}

// ReadLabels reads every NAME.json of a folder that holds labels, by name. A
// folder without any is an error.
func ReadLabels(dir string) ([]Labels, error) {
	paths, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil {
		return nil, fmt.Errorf("list labels in %s: %w", dir, err)
	}
	var out []Labels
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			return nil, fmt.Errorf("read labels: %w", err)
		}
		l := Labels{Name: strings.TrimSuffix(filepath.Base(path), ".json")}
		if err := json.Unmarshal(data, &l); err != nil {
			return nil, fmt.Errorf("read labels %s: %w", path, err)
		}
		out = append(out, l)
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("no labels (*.json) in %s", dir)
	}
	slices.SortFunc(out, func(a, b Labels) int { return strings.Compare(a.Name, b.Name) })
	return out, nil
}

// ReadUnlabelled reads from the table of indicators (tab separated, with a header)
// the ids whose column "labelled" says no: to read them is neither right nor wrong.
func ReadUnlabelled(path string) (map[string]bool, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read indicators: %w", err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comma, r.LazyQuotes = '\t', true
	rows, err := r.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read indicators %s: %w", path, err)
	}
	if len(rows) == 0 {
		return nil, fmt.Errorf("read indicators %s: no rows", path)
	}
	id, labelled := slices.Index(rows[0], "id"), slices.Index(rows[0], "labelled")
	if id < 0 || labelled < 0 {
		return nil, fmt.Errorf("read indicators %s: columns id and labelled are needed", path)
	}
	out := map[string]bool{}
	for _, row := range rows[1:] {
		if row[labelled] == "no" {
			out[row[id]] = true
		}
	}
	return out, nil
}

// Every mistake in the limits is reported, all in one pass.
package gate

import (
	"strings"
	"testing"
)

func TestBuiltInThresholds(t *testing.T) {
	if _, err := parseThresholds(thresholdsYAML); err != nil {
		t.Fatal(err)
	}
}

func TestBrokenThresholds(t *testing.T) {
	change := func(from, to string) string {
		text := string(thresholdsYAML)
		if !strings.Contains(text, from) {
			t.Fatalf("the built-in limits do not hold %q", from)
		}
		return strings.Replace(text, from, to, 1)
	}
	tests := []struct {
		name, yaml string
		want       []string
	}{
		{"unknown key", string(thresholdsYAML) + "\nmax_words: 3\n", []string{"max_words"}},
		{"not a number", change("min_words: 15", "min_words: many"), []string{"many"}},
		{"share over one", change("max_bad: 0.05", "max_bad: 5"), []string{"max_bad is 5"}},
		{"missing", change("min_common: 0.17", ""), []string{"min_common is 0"}},
		{"turned round", change("min_common: 0.17", "min_common: 0.5"), []string{"min_common must be less than doubtful_common"}},
		{"letters turned round", change("max_one_letter: 0.35", "max_one_letter: 0.1"), []string{"doubtful_one_letter must be less than max_one_letter"}},
		{"two at once", strings.Replace(change("max_bad: 0.05", "max_bad: 5"), "min_bad: 5", "min_bad: 0", 1), []string{"max_bad is 5", "min_bad is 0"}},
		{"empty", "", []string{"limits of the text gate"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := parseThresholds([]byte(tt.yaml))
			if err == nil {
				t.Fatal("it was accepted")
			}
			for _, want := range tt.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("error does not say %q: %v", want, err)
				}
			}
		})
	}
}

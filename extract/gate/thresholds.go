// The limits, which are data, and their validation.
package gate

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"

	"go.yaml.in/yaml/v3"
)

//go:embed thresholds.yaml
var thresholdsYAML []byte

// Thresholds are the limits of a Gate; thresholds.yaml explains them.
type Thresholds struct {
	MinWords          int     `yaml:"min_words"`
	MaxBad            float64 `yaml:"max_bad"`
	MinBad            int     `yaml:"min_bad"`
	MaxForeign        float64 `yaml:"max_foreign"`
	MinCommon         float64 `yaml:"min_common"`
	DoubtfulOneLetter float64 `yaml:"doubtful_one_letter"`
	DoubtfulCommon    float64 `yaml:"doubtful_common"`
	MaxOneLetter      float64 `yaml:"max_one_letter"`
	MinPlausible      float64 `yaml:"min_plausible"`
}

// parseThresholds reads limits and reports everything that is wrong with them.
func parseThresholds(data []byte) (Thresholds, error) {
	var t Thresholds
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	decoder.KnownFields(true)
	if err := decoder.Decode(&t); err != nil {
		return Thresholds{}, fmt.Errorf("read the limits of the text gate: %w", err)
	}
	var errs []error
	share := func(name string, v float64) {
		if !(v > 0 && v < 1) {
			errs = append(errs, fmt.Errorf("%s is %v; it must lie between 0 and 1", name, v))
		}
	}
	share("max_bad", t.MaxBad)
	share("max_foreign", t.MaxForeign)
	share("min_common", t.MinCommon)
	share("doubtful_one_letter", t.DoubtfulOneLetter)
	share("doubtful_common", t.DoubtfulCommon)
	share("max_one_letter", t.MaxOneLetter)
	share("min_plausible", t.MinPlausible)
	if t.MinWords < 1 {
		errs = append(errs, fmt.Errorf("min_words is %d; it must be at least 1", t.MinWords))
	}
	if t.MinBad < 1 {
		errs = append(errs, fmt.Errorf("min_bad is %d; it must be at least 1", t.MinBad))
	}
	if t.MinCommon >= t.DoubtfulCommon {
		errs = append(errs, errors.New("min_common must be less than doubtful_common"))
	}
	if t.DoubtfulOneLetter >= t.MaxOneLetter {
		errs = append(errs, errors.New("doubtful_one_letter must be less than max_one_letter"))
	}
	if err := errors.Join(errs...); err != nil {
		return Thresholds{}, fmt.Errorf("limits of the text gate: %w", err)
	}
	return t, nil
}

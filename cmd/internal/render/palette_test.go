package render

import (
	"fmt"
	"math"
	"testing"
)

// luminance is the relative luminance of WCAG 2.2.
func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	var rgb [3]uint8
	if n, err := fmt.Sscanf(hex, "#%02x%02x%02x", &rgb[0], &rgb[1], &rgb[2]); n != 3 || err != nil {
		t.Fatalf("%q is no colour: %v", hex, err)
	}
	var lin [3]float64
	for i, v := range rgb {
		c := float64(v) / 255
		if lin[i] = c / 12.92; c > 0.04045 {
			lin[i] = math.Pow((c+0.055)/1.055, 2.4)
		}
	}
	return 0.2126*lin[0] + 0.7152*lin[1] + 0.0722*lin[2]
}

func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	x, y := luminance(t, a), luminance(t, b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// TestContrast: text has 4.5:1 against what it stands on (WCAG AA), what
// must be seen of a chart 3:1.
func TestContrast(t *testing.T) {
	if c := contrast(t, "#ffffff", "#767676"); c < 4.54 || c > 4.55 { // known pair
		t.Fatalf("the formula gives %.3f for a known pair", c)
	}
	for name, p := range map[string]palette{"light": light(), "dark": dark()} {
		pairs := [][2]string{{"ink", "page"}, {"ink", "band"}, {"muted", "page"}, {"link", "page"}, {"link", "band"}, {"error", "page"}, {"warning", "page"}}
		for _, fill := range []string{"good", "late", "bad", "none"} {
			pairs = append(pairs, [2]string{"onfill", fill})
		}
		for i := range lines {
			pairs = append(pairs, [2]string{lineName(i), "page"})
		}
		for _, q := range pairs {
			if c := contrast(t, p[q[0]], p[q[1]]); c < 4.5 {
				t.Errorf("%s: %s on %s has %.2f:1", name, q[0], q[1], c)
			}
		}
		for c := range light() {
			if p[c] == "" {
				t.Errorf("%s has no %s", name, c)
			}
		}
		for i := range lines { // neighbours must differ without colour, too
			if c := contrast(t, p[lineName(i)], p[lineName(i+1)]); c < 1.05 {
				t.Errorf("%s: %s and %s are equally light (%.2f:1)", name, lineName(i), lineName(i+1), c)
			}
		}
	}
}

// This file writes numbers the way a language does.

package render

import "strings"

// decimal says whether s is a plain decimal: "12", "-3.50", "+1".
func decimal(s string) bool {
	digits := strings.TrimLeft(s, "+-")
	if len(s)-len(digits) > 1 {
		return false
	}
	whole, frac, point := strings.Cut(digits, ".")
	return whole != "" && (!point || frac != "") && strings.Trim(whole+frac, "0123456789") == ""
}

// Style writes a plain decimal ("1234.5", "-12") the way the language does:
// "1.234,5" or "1,234.5". What is no number comes back as it is; "" is "-".
func Style(plain string, lang Language) string {
	if plain == "" {
		return "-"
	}
	if !decimal(plain) {
		return plain
	}
	sign, digits := "", plain
	if digits[0] == '-' || digits[0] == '+' {
		sign, digits = digits[:1], digits[1:]
	}
	whole, frac, _ := strings.Cut(digits, ".")
	group, point := ".", ","
	if lang == English {
		group, point = ",", "."
	}
	var b strings.Builder
	b.WriteString(sign)
	for i, r := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteString(group)
		}
		b.WriteRune(r)
	}
	if frac != "" {
		b.WriteString(point + frac)
	}
	return b.String()
}

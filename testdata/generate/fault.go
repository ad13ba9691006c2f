// This file puts errors into figures, as they happen when a report is typed.
package generate

import (
	"fmt"
	"math/rand/v2"
	"strconv"
)

// faulty are figures that every way of writing prints and that the balance of
// dossiers ties together.
var faulty = [...]string{"dossiers.received", "dossiers.resolved", "dossiers.in_process"}

// spoil changes one figure of f so that the balance of dossiers fails, and
// says what was done.
func spoil(r *rand.Rand, f figures) Finding {
	for {
		id := faulty[r.IntN(len(faulty))]
		right := f[key{id, ""}]
		wrong, how := "", ""
		switch r.IntN(3) {
		case 0:
			n, _ := strconv.Atoi(right) // figures are our own
			wrong, how = strconv.Itoa(n+1+r.IntN(9)), "balance"
		case 1:
			digits := []byte(right)
			digits[r.IntN(len(digits))] = byte('0' + r.IntN(10))
			wrong, how = string(digits), "slip"
		default:
			digits := []byte(right)
			if i := r.IntN(len(digits)); i > 0 {
				digits[i-1], digits[i] = digits[i], digits[i-1]
			}
			wrong, how = string(digits), "transposition"
		}
		if !tells(f, id, right, wrong) {
			continue
		}
		f[key{id, ""}] = wrong
		n := func(id string) string { return f[key{id, ""}] }
		return Finding{Kind: "balance", Certain: true, Indicators: []string{"dossiers.carried_over", "dossiers.in_process", "dossiers.received", "dossiers.resolved"},
			Arithmetic: fmt.Sprintf("%s of %s: %s for %s; %s + %s against %s + %s", how, id, wrong, right,
				n("dossiers.received"), n("dossiers.carried_over"), n("dossiers.resolved"), n("dossiers.in_process"))}
	}
}

// tells says whether wrong is a number unlike right that no office could mean: a
// gap of just the dossiers carried over would be another way of counting.
func tells(f figures, id, right, wrong string) bool {
	a, _ := strconv.Atoi(right)
	b, _ := strconv.Atoi(wrong)
	carried, _ := strconv.Atoi(f[key{"dossiers.carried_over", ""}])
	gap := max(a-b, b-a)
	return wrong[0] != '0' && gap != 0 && gap != carried
}

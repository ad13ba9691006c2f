// This file tests the formulas given out.

package check

import (
	"slices"
	"testing"
)

func TestShares(t *testing.T) {
	set, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	shares := set.Shares()
	if len(shares) < 10 || !slices.IsSortedFunc(shares, func(a, b Share) int {
		if a.Rate <= b.Rate {
			return -1
		}
		return 1
	}) {
		t.Fatalf("%d shares", len(shares))
	}
	i := slices.IndexFunc(shares, func(s Share) bool { return s.Rate == "online.rate" })
	if i < 0 || !slices.Contains(shares[i].Of[0], "online.received") || !slices.Contains(shares[i].Base[0], "dossiers.received") {
		t.Errorf("the usual way of online.rate is not first: %+v", shares)
	}
}

// This file tests amounts, intervals and shares.

package check

import (
	"math/big"
	"strings"
	"testing"

	"baocao/normalize"
)

func TestAmount(t *testing.T) {
	for _, c := range []struct {
		in, out, words string
		ok             bool
	}{
		{"239", "239", "239", true},
		{"99.71", "99.71", "99,71", true},
		{"92.30", "92.3", "92,3", true},
		{"3128500000", "3128500000", "3.128.500.000", true},
		{"1000000000000000", "1000000000000000", "1.000.000.000.000.000", true},
		{"-7", "-7", "-7", true},
		{"-1234.5", "-1234.5", "-1.234,5", true},
		{"1000000000000001", "", "", false},
		{"99999999999999999999", "", "", false},
		{"", "", "", false},
		{"1,5", "", "", false},
		{"12a", "", "", false},
	} {
		a, _, ok := parseAmount(c.in)
		if ok != c.ok || ok && (a.String() != c.out || a.words() != c.words) {
			t.Errorf("%q: %v %s %s", c.in, ok, a, a.words())
		}
	}
}

func TestPrinted(t *testing.T) {
	for _, c := range []struct {
		fig     normalize.Figure
		percent bool
		lo, hi  amount
	}{
		{normalize.Figure{Value: "239"}, false, 239000, 239000},
		{normalize.Figure{Value: "5650", Rounding: 10, Decimals: 2}, false, 5645000, 5659999},
		{normalize.Figure{Value: "99.5", Decimals: 1}, true, 99450, 99599},
		{normalize.Figure{Value: "100"}, true, 99500, 100000},
		{normalize.Figure{Value: "7400", Approx: true}, false, 6660000, 8140000},
	} {
		_, s, ok := printed(&c.fig, c.percent)
		if !ok || s.lo != c.lo || s.hi != c.hi {
			t.Errorf("%+v: %v", c.fig, s)
		}
	}
}

// The share test over 128 bits agrees with fractions of any size.
func FuzzShareFits(f *testing.F) {
	f.Add(int64(235), int64(239), int64(98326))
	f.Add(int64(0), int64(0), int64(100000))
	f.Add(int64(maxAmount), int64(maxAmount), int64(100000))
	f.Fuzz(func(t *testing.T, n, d, r int64) {
		if n < 0 || d <= 0 || r < 0 || n > int64(maxAmount) || d > int64(maxAmount) || r > int64(200*unit) {
			return // outside the domain: shares of printed amounts
		}
		num, den := amount(n), amount(d)
		got := shareFits(span{num, num}, span{den, den}, span{amount(r) - 5, amount(r) + 5})
		exact := new(big.Rat).Mul(big.NewRat(n, d), big.NewRat(int64(100*unit), 1))
		want := exact.Cmp(big.NewRat(r-5, 1)) >= 0 && exact.Cmp(big.NewRat(r+5, 1)) <= 0
		if amount(r) >= 5 && got != want {
			t.Errorf("%d/%d against %d: %v, want %v", n, d, r, got, want)
		}
	})
}

func TestExpr(t *testing.T) {
	e, err := parseExpr("prev.ytd.a.b + 5*c.d? - sum(e.f)~ + 14")
	if err != nil || len(e.terms) != 3 || e.konst != 14000 {
		t.Fatalf("%+v %v", e, err)
	}
	if a, b, c := e.terms[0], e.terms[1], e.terms[2]; a.when != prevYTD || b.coef != 5 || b.need != optional || !c.sum || c.coef != -1 || c.need != assumed {
		t.Errorf("%+v", e.terms)
	}
	for _, bad := range []string{"", "a +", "a b", "+ a", "sum(a", "0*a", "a ++ b"} {
		if _, err := parseExpr(bad); err == nil {
			t.Errorf("%q is no expression", bad)
		}
	}
}

func TestSlip(t *testing.T) {
	for _, c := range []struct{ a, b, want string }{
		{"292", "229", "đảo chữ số"}, {"1298", "1398", "sai một chữ số"}, {"235", "2355", "thừa hoặc thiếu một chữ số"},
		{"235", "239", "sai một chữ số"}, {"99.56", "99.65", "đảo chữ số"}, {"235", "253", "đảo chữ số"}, {"235", "235", ""}, {"5", "9", ""}, {"20", "31", ""},
	} {
		a, _, _ := parseAmount(c.a)
		b, _, _ := parseAmount(c.b)
		if got := slip(a, b); got != c.want {
			t.Errorf("%s → %s: %q, want %q", c.a, c.b, got, c.want)
		}
	}
}

func TestContexts(t *testing.T) {
	text := "Đã nhận 5 hồ sơ,\ntrong đó 3 qua mạng.\n- Giải quyết 4.\nTT\tLĩnh vực\t5\n1\tĐất đai\t2\n\nHết."
	c := contexts{text: text}
	at := func(s string) int32 { return c.at(strings.Index(text, s)) }
	if at("5 hồ sơ") != at("3 qua") {
		t.Error("a wrapped line is a paragraph of its own")
	}
	if at("3 qua") == at("Giải") || at("Giải") == at("TT\t") {
		t.Error("bullets and tables begin a context")
	}
	if at("TT\t") != at("1\tĐất") || !c.isTable(at("Đất")) || c.isTable(at("Hết")) {
		t.Error("rows that follow each other are one table")
	}
}

// This file reads linear expressions over indicators: "dossiers.received +
// dossiers.paused?".

package check

import (
	"fmt"
	"strconv"
	"strings"
)

// when says which report and which span a term is taken from.
type when uint8

const (
	now      when = iota // this report, its own period
	prev                 // the report of the period before
	ytd                  // this report, since the start of the year
	prevYTD              // the report before, since the start of the year
	previous             // this report, printed for comparison
	target               // this report, as planned
	nWhen
)

var whenPrefix = [...]string{"", "prev.", "ytd.", "prev.ytd.", "previous.", "target."}

// need says what a missing value means for a term.
type need uint8

const (
	required need = iota
	optional      // "?": left out where it is not printed; a report that prints none has none
	assumed       // "~": taken as nothing, and the finding is no more than a warning
)

// term is one summand of an expression.
type term struct {
	coef      int64
	indicator string
	when      when
	need      need
	sum       bool // over the fields of one list or table
}

func (t term) name() string {
	s := whenPrefix[t.when] + t.indicator
	if t.sum {
		s = "sum(" + s + ")"
	}
	return s
}

// expr is a sum of terms and a constant.
type expr struct {
	terms []term
	konst amount
}

// exprError says at which byte of the expression a mistake is.
type exprError struct {
	off int
	msg string
}

func (e *exprError) Error() string { return e.msg }

// parseExpr reads
//
//	expr = [ "-" ] part { ( "+" | "-" ) part }
//	part = INT | [ INT "*" ] name
//	name = [ "sum(" ] [ "prev." ] [ "ytd." | "previous." | "target." ] indicator [ ")" ] [ "?" | "~" ]
func parseExpr(s string) (expr, error) {
	var e expr
	i, sign := 0, int64(1)
	skip := func() {
		for i < len(s) && s[i] == ' ' {
			i++
		}
	}
	skip()
	if i < len(s) && s[i] == '-' {
		sign, i = -1, i+1
	}
	for {
		skip()
		start := i
		for i < len(s) && s[i] != ' ' && s[i] != '+' && s[i] != '-' {
			i++
		}
		if err := e.part(s[start:i], sign); err != nil {
			return expr{}, &exprError{start, err.Error()}
		}
		skip()
		if i == len(s) {
			return e, nil
		}
		switch s[i] {
		case '+':
			sign = 1
		case '-':
			sign = -1
		default:
			return expr{}, &exprError{i, fmt.Sprintf("expected + or - before %q", s[i:])}
		}
		i++
	}
}

func (e *expr) part(p string, sign int64) error {
	if p == "" {
		return fmt.Errorf("an indicator is missing")
	}
	t := term{coef: sign}
	if c, rest, ok := strings.Cut(p, "*"); ok {
		n, err := strconv.ParseInt(c, 10, 32)
		if err != nil || n < 1 || n > 1000 {
			return fmt.Errorf("factor %q is no whole number from 1 to 1000", c)
		}
		t.coef, p = sign*n, rest
	} else if n, err := strconv.ParseInt(p, 10, 64); err == nil {
		if n > int64(maxAmount/unit) {
			return fmt.Errorf("constant %s is too large", p)
		}
		e.konst = e.konst.plus(amount(sign*n) * unit)
		return nil
	}
	if cut, ok := strings.CutSuffix(p, "?"); ok {
		t.need, p = optional, cut
	} else if cut, ok := strings.CutSuffix(p, "~"); ok {
		t.need, p = assumed, cut
	}
	if rest, ok := strings.CutPrefix(p, "sum("); ok {
		inner, ok := strings.CutSuffix(rest, ")")
		if !ok {
			return fmt.Errorf("closing ) is missing after %q", p)
		}
		t.sum, p = true, inner
	}
	for w := nWhen - 1; w > now; w-- {
		if rest, ok := strings.CutPrefix(p, whenPrefix[w]); ok {
			t.when, p = w, rest
			break
		}
	}
	if p == "" {
		return fmt.Errorf("an indicator is missing")
	}
	t.indicator = p
	e.terms = append(e.terms, t)
	return nil
}

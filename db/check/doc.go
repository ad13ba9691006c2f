// Package check says what in a report cannot be true, by exactly how much, and
// which figures most likely went wrong.
//
// In: the reports of one unit in the order of their periods. Out: findings,
// sorted, each with both sides written out, the figures it compares with their
// places, and for failed arithmetic the smallest sets of figures whose change
// would satisfy every edit (Fellegi and Holt's error localisation), ranked by
// evidence.
//
// It promises exact arithmetic (no floating point), the same findings for the
// same reports and edits, findings whose id does not depend on the values
// compared, no error made out of a figure that is not printed, and bounded time
// on any input. It changes nothing: a repair is a suggestion, and where no
// evidence separates two suggestions both are first.
//
// An edit is a YAML mapping:
//
//	id, rule, kind, severity    rule is its row in the list of consistency rules
//	scope: [total, field]       the report's totals, each field by itself
//	left, op, right             sums of indicators, with "=", "<=" or ">="
//	variants                    other printed readings; as: info names one that is odd
//	share, of, base, other_base a percentage, its numerators and its bases
//	for: [...]                  one edit for each indicator, {it} in its place
//	given, from, until, only, class, same_year, complete   when it applies
//	title or message            {vi: ..., en: ...}
//	pass, fail                  small reports, and the gap of the failing one
//
// "x?" is left out where x is not printed, "x~" is taken as nothing by
// assumption, "sum(x)" adds up the fields of one list or table, "prev.x" is the
// report of the period before, "ytd.x" the figure since the start of the year.
//
// The edits themselves are data (edits/*.yaml, one fixture that passes and one
// that fails inside each); what no linear statement can say (dates, structure,
// copies, series) is Go, one file per kind.
package check

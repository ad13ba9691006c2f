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
// The edits themselves are data (edits/*.yaml, one fixture that passes and one
// that fails inside each); what no linear statement can say (dates, structure,
// copies, series) is Go, one file per kind.
package check

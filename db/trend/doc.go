// Package trend compares stored figures over time and between units.
//
// In: points, one for each stored figure of a report. Out: plain rows: a Series
// (units by periods, with the change against the period before), a Comparison
// of two periods, and the Coverage (who reported what). Everything is exact
// decimal arithmetic, sorted, and a pure function of its input.
//
// It promises that a missing value is absent and never 0, that periods of
// different kinds never share a table, that percentages are never added up, and
// that a point it cannot use is handed back with the reason. It reads no
// database and prints nothing.
package trend

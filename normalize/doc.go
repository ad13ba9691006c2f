// Package normalize turns what was read from one document into one Report in
// canonical form: unit with its parents, period, number, date, and each figure
// once with all the places it is printed at.
package normalize

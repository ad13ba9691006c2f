// Package rules reads figures out of Vietnamese administrative text by rules
// that are data (vi/*.yaml).
//
// In: the blocks of a document. Out: a Result with the figures, and with every
// number of the text classed as figure, date, reference, structure, label,
// other or unexplained. It promises the same result for the same text and rule
// set, spans inside the text, and that no broken rule panics. It does not
// decide which unit or period a report is about (package normalize does).
package rules

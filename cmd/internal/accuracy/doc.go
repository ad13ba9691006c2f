// Package accuracy compares what was read from labelled reports with their labels.
//
// In: a folder with NAME.txt and NAME.json (testdata/README.md describes the
// labels) and the rules. Out: counts of right, wrong and missed figures for each
// document and family of indicators, header fields that agree, and how often
// figures of a given confidence are right. It reads no other program's output
// and prints nothing.
package accuracy

// Package generate makes archives of invented reports for tests, benchmarks and
// experiments: any number of communes and months, in several ways of writing, as
// DOCX, PDF and text, with the truth about every figure in the form of the labels
// of testdata. The same Options give the same bytes.
//
// What is wrong with a file is chosen and recorded too: errors in the figures,
// copies, twins in another format, scans and files that cannot be read.
package generate

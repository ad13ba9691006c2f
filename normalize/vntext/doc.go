// Package vntext makes Vietnamese text comparable without losing where it came
// from, and reads the numbers, dates, periods and document symbols in it.
//
// [Fold] turns text as it is printed into a key: one Unicode form, one case, one
// place for the tone mark, one spelling of i and y, one kind of space, dash and
// quote. A [Folded] keeps the way back, so whatever is found in the key can be
// shown in the words of the document. [Scan] works on folded text and returns
// [Token] values: every number is given a kind, and what only looks like a number
// (the 15 of "QH15", the 2 of "m2") is left out.
//
// [Decode] reads the encodings that came before Unicode (TCVN3, VNI, VPS, VISCII,
// VIQR). It must run before Fold: in TCVN3 the letter ư is the byte 0xAD, which
// Fold removes as a soft hyphen.
//
// The package knows the Vietnamese language and nothing about reports, rules or
// files. It never guesses: a digit is never corrected, and a reading that could be
// wrong is marked (Approx, Impossible) instead of mended. All functions are safe
// for concurrent use, keep no state, and accept any string, valid UTF-8 or not.
package vntext

// Package db keeps everything that was read in one SQLite file: the ledger of
// files, the documents with their text, the reports with their figures, and the
// findings with what people decided about them.
//
// In come intakes (Import), one for each file offered, and findings
// (SaveFindings); out go reports, points for trends, inputs for checks and the
// ledger. It promises that
//   - a document is stored whole or not at all, and the same bytes only once,
//   - a file that was offered is in the ledger, whatever became of it,
//   - the printed value of a figure never changes; a corrected one stands beside it,
//   - values are exact decimals in text, never floats.
//
// It refuses, with a sentinel error and a remedy, a database that is another
// program's (ErrForeign), of a newer version (ErrNewer), in use (ErrLocked),
// not writable (ErrReadOnly), damaged (ErrDamaged), without room (ErrFull) or taken
// away while it was open (ErrVanished).
//
// Exported methods own their transaction; helpers take it. Longer statements
// are in queries/, the schema is in migrations/ and is never edited, only added
// to. Reading files and printing are other packages' work.
package db

// Package ingest takes files and folders into the database: each file once,
// whatever happens on the way.
//
// In come paths and the functions that read a file and extract a report; out
// comes a database in which every path has a row in the ledger, and a Summary.
// The work is a pipeline: one goroutine walks the folders in sorted order and
// leaves unchanged files alone, some read (hash first: known bytes are not read
// again), and one writes in the order of the walk, many files a transaction.
// The queues between them are short, so that memory does not grow with the
// archive, and because the order of the walk is the order of writing, an import
// that was killed and run again ends in the same database.
//
// It promises not to change or move files, not to follow links to folders, not
// to write what is inside an archive to the disk, and that a file it cannot read
// costs nothing but its own row. It knows nothing of formats: that is the
// business of the functions it is given.
package ingest

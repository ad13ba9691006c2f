// Package extract reads files into documents, and documents into figures.
//
// In: the bytes of one file. [Read] finds out from the content what the file
// is and hands it to a reader: docx and txt for Word packages and plain text,
// pages for PDF files (text layer or text recognition, page by page), doc for
// Word 97, RTF and ODT files (which need LibreOffice). Every reader gives the same thing, a [Document]:
// text in reading order, cut into paragraphs and table rows, with pages where
// the format has them. A file without a Document has an error that wraps one
// of the sentinels in read.go and says what to do.
//
// Out: a [Document]; [Figures] then finds the numbers in it and says what each
// of them is.
//
// Nothing here corrects a number. Letters are as the file has them, with two
// exceptions that are marked as doubtful: an ư that a program lost (lostletter.go)
// and hooks that text recognition takes for acute accents (package ocr). Spans are
// half-open byte offsets into Document.Text.
package extract

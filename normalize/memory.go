// This file remembers the pieces of documents between reports.

package normalize

import (
	"slices"

	"baocao/extract/document"
	"baocao/normalize/vntext"
)

// Memory remembers how blocks of text were taken apart, for the next reports that
// repeat them, and what was found there; see vntext.Recent. It changes no report. nil
// remembers nothing. It may be used from several goroutines.
type Memory struct {
	pieces *vntext.Recent[[]piece] // of a block; places count from its start
}

// memoryText bounds the texts that a Memory holds, in bytes.
const memoryText = 512 << 10

// NewMemory makes a memory that takes some 10 MiB when it is full.
func NewMemory() *Memory { return &Memory{vntext.NewRecent[[]piece](memoryText)} }

// known is what was found in a piece. It is shared and not to be changed.
type known struct {
	tokens   []vntext.Token
	mentions []mention // places count from the start of the piece
}

// piecesOf gives the pieces of a block; the list is the caller's.
func (m *Memory) piecesOf(text string, b document.Block) []piece {
	if m == nil {
		return piecesOf(text, b)
	}
	own := slices.Clone(m.pieces.Of(text[b.Start:b.End], func(block string) []piece {
		pieces := piecesOf(block, document.Block{End: len(block)})
		for i := range pieces {
			p := &pieces[i]
			p.known = &known{p.tokens(), mentionsIn(p.raw, wordsOf(p.raw, 0, len(p.raw)))}
		}
		return pieces
	}))
	for i := range own {
		own[i].start += b.Start
		own[i].end += b.Start
	}
	return own
}

// This file remembers the pieces of documents between reports.

package normalize

import (
	"slices"

	"baocao/extract/document"
	"baocao/normalize/vntext"
)

// Memory remembers how blocks of text were taken apart, for the next reports that
// repeat them; see vntext.Recent. It changes no report. The zero value remembers
// nothing, and so does nil in a Source. It may be used from several goroutines.
type Memory struct {
	pieces   *vntext.Recent[[]piece]        // of a block; places count from its start
	tokens   *vntext.Recent[[]vntext.Token] // of a folded piece
	mentions *vntext.Recent[[]mention]      // of the text of a piece; places count from its start
}

// memoryText bounds the texts that each part of a Memory holds, in bytes.
const memoryText = 256 << 10

// NewMemory makes a memory that takes some 10 MiB when it is full.
func NewMemory() *Memory {
	return &Memory{vntext.NewRecent[[]piece](memoryText), vntext.NewRecent[[]vntext.Token](memoryText), vntext.NewRecent[[]mention](memoryText)}
}

// piecesOf gives the pieces of a block; the list is the caller's.
func (m *Memory) piecesOf(text string, b document.Block) []piece {
	own := slices.Clone(m.pieces.Of(text[b.Start:b.End], func(block string) []piece {
		return piecesOf(block, document.Block{End: len(block)})
	}))
	for i := range own {
		own[i].start += b.Start
		own[i].end += b.Start
	}
	return own
}

// tokensOf gives the numbers, dates and periods of a piece, not to be changed.
func (m *Memory) tokensOf(p *piece) []vntext.Token { return m.tokens.Of(p.key(), vntext.Scan) }

// mentionsIn gives the units named in text[start:end]; the list is the caller's.
func (m *Memory) mentionsIn(text string, start, end int) []mention {
	own := slices.Clone(m.mentions.Of(text[start:end], func(stretch string) []mention {
		return mentionsIn(stretch, wordsOf(stretch, 0, len(stretch)))
	}))
	for i := range own {
		own[i].start += start
		own[i].end += start
	}
	return own
}

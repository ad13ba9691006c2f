// This file tests that time grows with the length of a text, whatever it is made of.

package rules

import (
	"strconv"
	"strings"
	"testing"
	"time"
)

// TestLongParagraph reads texts in one paragraph and in one row: eight short ones
// one after the other, then one that is eight times as long. The long one may cost
// about the same; what is quadratic costs eight times as much.
func TestLongParagraph(t *testing.T) {
	set := defaultSet(t)
	const size, times, bound = 20_000, 8, 4 // bytes of the short text
	for name, unit := range map[string]string{
		"statements": "đã tiếp nhận 239 hồ sơ, ", "sentences": "Đã tiếp nhận 239 hồ sơ. ", "words": "lung tung khắp nơi không đâu vào đâu ", "numbers": "12 ",
		"brackets": "(12 hồ sơ ", "zeros": "không có hồ sơ, ", "cells": "12\t", "one word": "tiếpnhận", "dates": "ngày 05/6/2023, ", "documents": "số 12/QĐ-UBND, ",
		"different values": "",
	} {
		short, long := strings.Repeat(unit, size/max(1, len(unit))), strings.Repeat(unit, times*size/max(1, len(unit)))
		if unit == "" {
			var b strings.Builder
			for n := 1000; b.Len() < times*size; n++ {
				if b.Len() < size {
					short = b.String()
				}
				b.WriteString("Đã tiếp nhận " + strconv.Itoa(n) + " hồ sơ. ")
			}
			long = b.String()
		}
		var best [2]time.Duration
		// A busy machine may slow one round down; what is quadratic fails in all.
		for round := 0; round < 6 && (round < 2 || float64(best[1]) > bound*float64(best[0])); round++ {
			for i, text := range []string{short, long} {
				doc := exampleDocument(Example{Text: text})
				start := time.Now()
				for n := i * (times - 1); n < times; n++ {
					set.Extract(doc)
				}
				if d := time.Since(start); round == 0 || d < best[i] {
					best[i] = d
				}
			}
		}
		if ratio := float64(best[1]) / float64(best[0]); ratio > bound {
			t.Errorf("%s: one long text takes %.1f times as long as short ones of the same length (%v, %v)", name, ratio, best[0], best[1])
		} else {
			t.Logf("%s: %.2f", name, ratio)
		}
	}
}

// A long sentence is cut between statements and nothing of it is lost.
func TestCutLong(t *testing.T) {
	for name, text := range map[string]string{
		"commas": strings.Repeat("đã tiếp nhận 239 hồ sơ, ", 800), "spaces": strings.Repeat("tiếp nhận ", 1500), "letters": strings.Repeat("ế", 5000), "short": "đã tiếp nhận",
	} {
		joined := ""
		for _, x := range cutLong(text, sentence{end: len(text)}) {
			piece := text[x.start:x.end]
			if len(piece) > longestSentence || !strings.HasPrefix(text[len(joined):], piece) || strings.ToValidUTF8(piece, "?") != piece {
				t.Fatalf("%s: piece %d..%d", name, x.start, x.end)
			}
			joined += piece
		}
		if joined != text {
			t.Errorf("%s: %d of %d bytes", name, len(joined), len(text))
		}
	}
}

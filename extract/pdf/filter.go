// Stream filters, each with a bound on what it may give. A stream that breaks
// off in the middle gives what could be decoded up to there, and says so.

package pdf

import (
	"bytes"
	"compress/flate"
	"compress/lzw"
	"encoding/ascii85"
	"errors"
	"io"
)

// ending says how the data of a stream ended.
type ending uint8

const (
	endWhole  ending = iota
	endCut           // there was more than the limit
	endBroken        // the compressed data are damaged: what follows is lost
)

func cutIf(over bool) ending {
	if over {
		return endCut
	}
	return endWhole
}

// decodeStream undoes the filters of a stream. The result holds at most limit
// bytes; end says whether there was more. ok is false where a filter is not
// one for text (images) or not known.
func decodeStream(raw []byte, filters, params []object, limit int) (data []byte, end ending, ok bool) {
	data = raw
	for i, f := range filters {
		if i >= 8 {
			return nil, endWhole, false
		}
		var p object
		if i < len(params) {
			p = params[i]
		}
		var now ending
		var over bool
		switch string(f.str) {
		case "FlateDecode", "Fl":
			data, now = inflate(data, limit)
			data = unpredict(data, p)
		case "LZWDecode", "LZW":
			early := true
			if n, is := p.get("EarlyChange").integer(); is && n == 0 {
				early = false
			}
			data, over = unlzw(data, early, limit)
			data = unpredict(data, p)
		case "ASCIIHexDecode", "AHx":
			if end := bytes.IndexByte(data, '>'); end >= 0 {
				data = data[:end]
			}
			data = decodeHex(data)
		case "ASCII85Decode", "A85":
			data, over = un85(data, limit)
		case "RunLengthDecode", "RL":
			data, over = unrun(data, limit)
		case "Crypt":
		default:
			return nil, endWhole, false
		}
		end = max(end, now, cutIf(over))
	}
	if len(data) > limit {
		data, end = data[:limit], max(end, endCut)
	}
	return data, end, true
}

// inflate skips the two bytes of the zlib header and never looks at the
// checksum: files with a wrong one are common and their data is right.
//
// Damage inside is endBroken. Data that stop early are so only where they stop
// in the middle of something: writers that count a byte too few are common.
func inflate(data []byte, limit int) ([]byte, ending) {
	for len(data) > 0 && isSpace(data[0]) {
		data = data[1:]
	}
	if len(data) < 2 {
		return nil, endWhole
	}
	body := data
	if data[0]&0x0f == 8 && (int(data[0])<<8|int(data[1]))%31 == 0 {
		body = data[2:]
	}
	var buf bytes.Buffer
	_, err := io.Copy(&buf, io.LimitReader(flate.NewReader(bytes.NewReader(body)), int64(limit)+1))
	var corrupt flate.CorruptInputError
	switch out := buf.Bytes(); {
	case len(out) > limit:
		return out[:limit], cutIf(err == nil)
	case errors.As(err, &corrupt), err != nil && !finished(out):
		return out, endBroken
	default:
		return out, endWhole
	}
}

// finished tells whether content ends with an operator that ends something.
func finished(content []byte) bool {
	words := bytes.Fields(content[max(0, len(content)-64):])
	if len(words) == 0 {
		return false
	}
	switch string(words[len(words)-1]) {
	case "ET", "Q", "EMC", "Do", "S", "f", "n", "end":
		return true
	}
	return false
}

// readUpTo reads at most limit bytes and reports whether there were more. An
// error ends the data.
func readUpTo(r io.Reader, limit int) ([]byte, bool) {
	var buf bytes.Buffer
	_, err := io.Copy(&buf, io.LimitReader(r, int64(limit)+1))
	if buf.Len() > limit {
		return buf.Bytes()[:limit], err == nil
	}
	return buf.Bytes(), false
}

// unpredict undoes the PNG and TIFF predictors.
func unpredict(data []byte, p object) []byte {
	predictor, _ := p.get("Predictor").integer()
	if predictor < 2 {
		return data
	}
	number := func(key string, otherwise, most int64) int {
		n, ok := p.get(key).integer()
		if !ok || n < 1 || n > most {
			return int(otherwise)
		}
		return int(n)
	}
	colors, bits, columns := number("Colors", 1, 32), number("BitsPerComponent", 8, 16), number("Columns", 1, 1<<20)
	step := max(1, colors*bits/8)
	width := (colors*bits*columns + 7) / 8
	if predictor == 2 {
		if bits != 8 {
			return data
		}
		for row := 0; row+width <= len(data); row += width {
			for i := row + step; i < row+width; i++ {
				data[i] += data[i-step]
			}
		}
		return data
	}
	out := make([]byte, 0, len(data))
	previous := make([]byte, width)
	for len(data) > 1 {
		filter := data[0]
		line := data[1:min(len(data), width+1)]
		data = data[1+len(line):]
		for i := range line {
			var left, up, corner int
			up = int(previous[i])
			if i >= step {
				left, corner = int(line[i-step]), int(previous[i-step])
			}
			switch filter {
			case 1:
				line[i] += byte(left)
			case 2:
				line[i] += byte(up)
			case 3:
				line[i] += byte((left + up) / 2)
			case 4:
				line[i] += paeth(left, up, corner)
			}
		}
		out = append(out, line...)
		copy(previous, line)
	}
	return out
}

func paeth(a, b, c int) byte {
	p := a + b - c
	pa, pb, pc := abs(p-a), abs(p-b), abs(p-c)
	switch {
	case pa <= pb && pa <= pc:
		return byte(a)
	case pb <= pc:
		return byte(b)
	}
	return byte(c)
}

func abs(x int) int {
	if x < 0 {
		return -x
	}
	return x
}

// unlzw decodes the LZW of PDF. Its code width grows one code earlier than
// that of compress/lzw unless EarlyChange is 0.
func unlzw(data []byte, early bool, limit int) ([]byte, bool) {
	if !early {
		return readUpTo(lzw.NewReader(bytes.NewReader(data), lzw.MSB, 8), limit)
	}
	const clearCode, endCode, first = 256, 257, 258
	type entry struct {
		prefix int
		last   byte
		length int
	}
	table := make([]entry, first, 4096)
	for i := range clearCode {
		table[i] = entry{-1, byte(i), 1}
	}
	var out []byte
	var bitBuffer uint32
	bitCount, width, previous := 0, 9, -1
	for _, c := range data {
		bitBuffer = bitBuffer<<8 | uint32(c)
		bitCount += 8
		if bitCount < width {
			continue
		}
		bitCount -= width
		code := int(bitBuffer>>bitCount) & (1<<width - 1)
		switch {
		case code == clearCode:
			table, width, previous = table[:first], 9, -1
			continue
		case code == endCode:
			return out, false
		case code > len(table) || code == len(table) && previous < 0:
			return out, false
		}
		start := len(out)
		source := code
		if code == len(table) {
			source = previous
		}
		length := table[source].length
		if start+length+1 > limit {
			return out, true
		}
		out = append(out, make([]byte, length)...)
		for i, at := start+length-1, source; i >= start; i-- {
			out[i] = table[at].last
			at = table[at].prefix
		}
		firstByte := out[start]
		if code == len(table) {
			out = append(out, firstByte)
		}
		if previous >= 0 && len(table) < 4096 {
			table = append(table, entry{previous, firstByte, table[previous].length + 1})
		}
		previous = code
		if n := len(table) + 1; n >= 1<<width && width < 12 {
			width++
		}
	}
	return out, false
}

func un85(data []byte, limit int) ([]byte, bool) {
	clean := make([]byte, 0, len(data))
	for _, c := range bytes.TrimPrefix(bytes.TrimSpace(data), []byte("<~")) {
		if c == '~' {
			break
		}
		if '!' <= c && c <= 'u' || c == 'z' {
			clean = append(clean, c)
		}
	}
	return readUpTo(ascii85.NewDecoder(bytes.NewReader(clean)), limit)
}

func unrun(data []byte, limit int) ([]byte, bool) {
	var out []byte
	for i := 0; i < len(data) && data[i] != 128; {
		n := int(data[i])
		i++
		if n < 128 {
			end := min(i+n+1, len(data))
			out = append(out, data[i:end]...)
			i = end
		} else if i < len(data) {
			out = append(out, bytes.Repeat(data[i:i+1], 257-n)...)
			i++
		}
		if len(out) > limit {
			return out[:limit], true
		}
	}
	return out, false
}

// Fonts as far as text needs them: how codes are cut from a string, what text
// each stands for and how far it advances.

package pdf

import (
	"io"
	"strings"

	reader "github.com/ledongthuc/pdf"
)

// glyph is what one code of a font shows.
type glyph struct {
	text  string
	width float64 // advance in text space units (1 is the font size)
}

// font is one font object, read once.
type font struct {
	name         string
	bold, italic bool
	composite    bool
	simple       [256]glyph
	codes        *cmap // composite: codes to CIDs
	toUnicode    *cmap
	widths       map[int]float64 // composite: by CID
	defaultWidth float64
	cache        map[codeKey]glyph
}

// maxCache bounds the codes that are remembered of one composite font.
const maxCache = 1 << 16

// newFont reads a font dictionary. A broken one gives a font that shows
// unknown characters.
func newFont(v reader.Value) *font {
	f := &font{name: v.Key("BaseFont").Name(), composite: v.Key("Subtype").Name() == "Type0"}
	descriptor := v.Key("FontDescriptor")
	if u := v.Key("ToUnicode"); u.Kind() == reader.Stream {
		f.toUnicode = parseCMap(streamData(u))
	}
	if f.composite {
		descendant := v.Key("DescendantFonts").Index(0)
		descriptor = descendant.Key("FontDescriptor")
		f.readComposite(v, descendant)
	} else {
		f.readSimple(v, descriptor)
	}
	if f.name == "" {
		f.name = descriptor.Key("FontName").Name()
	}
	lower := strings.ToLower(f.name)
	f.bold = strings.Contains(lower, "bold") || strings.Contains(lower, "black") || strings.Contains(lower, "heavy") ||
		descriptor.Key("StemV").Float64() >= 140 || descriptor.Key("FontWeight").Float64() >= 600
	f.italic = strings.Contains(lower, "italic") || strings.Contains(lower, "oblique") || descriptor.Key("ItalicAngle").Float64() != 0
	return f
}

// streamData returns the bytes of a stream of the well-formed copy, which has
// no filters any more.
func streamData(v reader.Value) []byte {
	r := v.Reader()
	defer func() { _ = r.Close() }() // nothing to release: it reads from memory
	data, err := io.ReadAll(io.LimitReader(r, maxStream))
	if err != nil {
		return nil
	}
	return data
}

func (f *font) readSimple(v, descriptor reader.Value) {
	subtype := v.Key("Subtype").Name()
	scale := 0.001
	if subtype == "Type3" {
		if x := v.Key("FontMatrix").Index(0).Float64(); x != 0 {
			scale = x
		}
	}
	encoding := v.Key("Encoding")
	base := encoding.Name()
	if encoding.Kind() == reader.Dict {
		base = encoding.Key("BaseEncoding").Name()
	}
	table := baseEncoding(base, subtype == "TrueType")
	if subtype == "Type3" {
		table = [256]string{} // only the Differences say anything
	}
	if encoding.Kind() == reader.Dict {
		applyDifferences(&table, v, encoding.Key("Differences"))
	}
	first := int(v.Key("FirstChar").Int64())
	widths := v.Key("Widths")
	count := min(widths.Len(), 256)
	missing := descriptor.Key("MissingWidth").Float64()
	if count == 0 && missing == 0 {
		missing = 500
		if strings.Contains(strings.ToLower(v.Key("BaseFont").Name()), "courier") {
			missing = 600
		}
	}
	standard := count == 0 && subtype != "Type3"
	for code := range f.simple {
		g := &f.simple[code]
		g.text = table[code]
		if f.toUnicode != nil {
			if text := f.toUnicode.lookup(uint32(code), 1); text != "" {
				g.text = text
			}
		}
		if g.text == "" {
			g.text = unknownText
		}
		width := missing
		if i := code - first; i >= 0 && i < count {
			width = widths.Index(i).Float64()
		} else if standard {
			width = standardWidth(g.text, missing)
		}
		g.width = width * scale
	}
}

// applyDifferences puts the named glyphs of an encoding into the table.
func applyDifferences(table *[256]string, fontDict, differences reader.Value) {
	named := reader.Font{V: fontDict}
	encoder := named.Encoder()
	code := 0
	for i := range min(differences.Len(), 1024) {
		switch x := differences.Index(i); x.Kind() {
		case reader.Integer:
			code = int(x.Int64())
		case reader.Name:
			if code >= 0 && code < 256 {
				text := glyphText(x.Name())
				if text == "" {
					// The package knows the whole glyph list, but answers with
					// the code itself where it does not know the name.
					if s := encoder.Decode(string([]byte{byte(code)})); s != string(rune(code)) {
						text = s
					}
				}
				if x.Name() == ".notdef" {
					text = ""
				}
				table[code] = text
			}
			code++
		}
	}
}

// standardWidth guesses the advance in a font that is not in the file and
// gives no widths, after the shape of the letter.
func standardWidth(text string, otherwise float64) float64 {
	if otherwise == 600 {
		return otherwise
	}
	switch {
	case text == "" || len(text) > 1:
		return otherwise
	case strings.Contains(" ijltfrI.,:;!|'()[]/\\-", text):
		return 290
	case strings.Contains("mwMW%@", text):
		return 830
	case text >= "A" && text <= "Z":
		return 680
	}
	return 540
}

func (f *font) readComposite(v, descendant reader.Value) {
	f.cache = map[codeKey]glyph{}
	f.codes = identityCMap()
	switch encoding := v.Key("Encoding"); encoding.Kind() {
	case reader.Stream:
		f.codes = parseCMap(streamData(encoding))
	case reader.Name:
		name := encoding.Name()
		f.codes.unicode = strings.Contains(name, "UCS2") || strings.Contains(name, "UTF16")
	}
	if len(f.codes.spaces) == 0 && f.toUnicode != nil && !f.codes.identity {
		f.codes.spaces = f.toUnicode.spaces
	}
	f.defaultWidth = 1
	if dw := descendant.Key("DW"); !dw.IsNull() {
		f.defaultWidth = dw.Float64() / 1000
	}
	f.widths = map[int]float64{}
	w := descendant.Key("W")
	for i := 0; i+1 < w.Len() && len(f.widths) < maxMapped; {
		first := int(w.Index(i).Float64())
		if list := w.Index(i + 1); list.Kind() == reader.Array {
			for j := range list.Len() {
				f.widths[first+j] = list.Index(j).Float64() / 1000
			}
			i += 2
			continue
		}
		last := int(w.Index(i + 1).Float64())
		width := w.Index(i+2).Float64() / 1000
		for cid := first; cid <= last && len(f.widths) < maxMapped; cid++ {
			f.widths[cid] = width
		}
		i += 3
	}
}

// next takes one code off s, which is not empty, and returns what it shows and
// how many bytes it has. space reports the single byte 32, which word spacing
// widens.
func (f *font) next(s []byte) (g glyph, length int, space bool) {
	if !f.composite {
		return f.simple[s[0]], 1, s[0] == ' '
	}
	code, length := f.codes.next(s)
	key := codeKey{code, uint8(length)}
	g, ok := f.cache[key]
	if !ok {
		cid := f.codes.cid(code, length)
		g.width = f.defaultWidth
		if w, ok := f.widths[cid]; ok {
			g.width = w
		}
		if f.toUnicode != nil {
			g.text = f.toUnicode.lookup(code, length)
		}
		if g.text == "" && f.codes.unicode {
			g.text = utf16Text(s[:length])
		}
		if g.text == "" {
			g.text = unknownText
		}
		if len(f.cache) < maxCache {
			f.cache[key] = g
		}
	}
	return g, length, length == 1 && s[0] == ' '
}

// The content stream interpreter: it follows the text and drawing operators of
// a page and notes every character with its box and every ruling line.

package pdf

import (
	"bytes"
	"context"
	"fmt"
	"math"

	reader "github.com/ledongthuc/pdf"

	"baocao/extract/layout"
)

// Bounds of interpreting.
const (
	maxSteps    = 20_000_000 // operators of one file, forms included
	maxGlyphs   = 200_000    // characters of one page
	maxLines    = 50_000     // ruling lines of one page
	maxForms    = 12         // forms inside forms
	maxStates   = 256        // saved graphics states
	maxOperands = 64
	checkEvery  = 1 << 12 // operators between looks at the context
)

// thinRule is how thick a filled rectangle may be to count as a ruling line,
// in points.
const thinRule = 2.5

// matrix maps (x, y) to (a x + c y + e, b x + d y + f).
type matrix struct{ a, b, c, d, e, f float64 }

var identity = matrix{a: 1, d: 1}

// mul returns the matrix that applies m first and then n.
func (m matrix) mul(n matrix) matrix {
	return matrix{
		m.a*n.a + m.b*n.c, m.a*n.b + m.b*n.d,
		m.c*n.a + m.d*n.c, m.c*n.b + m.d*n.d,
		m.e*n.a + m.f*n.c + n.e, m.e*n.b + m.f*n.d + n.f,
	}
}

func (m matrix) apply(x, y float64) (float64, float64) {
	return m.a*x + m.c*y + m.e, m.b*x + m.d*y + m.f
}

// state is the graphics state as far as text and lines need it.
type state struct {
	ctm                 matrix
	font                *font
	size                float64
	charSpace           float64
	wordSpace           float64
	scale               float64 // horizontal scaling, 1 is normal
	leading, rise       float64
	lineWidth           float64
	renderMode          int
	textMatrix, lineTop matrix
}

// interpreter reads the pages of one file.
type interpreter struct {
	ctx   context.Context
	fonts map[int64]*font // by object number, never by name
	steps int             // operators that may still be run

	// The page being read.
	page    layout.Page
	outside int // characters that stand outside of the page
	noFont  bool
	st      state
	stack   []state
	unsaved int // q beyond maxStates, whose Q must restore nothing
	marks   []mark
	path    path
	open    map[int64]bool // forms being run
}

// mark is one level of marked content.
type mark struct {
	text  string // ActualText, "" where there is none
	first int    // index of the first glyph it covers
}

// interpret follows the content of one page. The error is the context's; everything else that
// goes wrong ends in the page's Note.
func (in *interpreter) interpret(l leaf) (err error) {
	base, width, height := pageMatrix(l)
	in.page = layout.Page{Width: width, Height: height}
	in.st = state{ctm: base, scale: 1, lineWidth: 1, textMatrix: identity, lineTop: identity}
	in.stack, in.marks = in.stack[:0], in.marks[:0]
	in.path = path{}
	in.open = map[int64]bool{}
	in.outside, in.unsaved, in.noFont = 0, 0, false
	defer func() {
		// The package panics on objects it cannot make sense of.
		if x := recover(); x != nil {
			in.note(fmt.Sprintf("content not understood: %v", x))
		}
	}()
	if err := in.run(in.content(l.page.Key("Contents")), l.resources); err != nil {
		return err
	}
	return in.annotations(l.page)
}

// read interprets one page and finishes it.
func (in *interpreter) read(l leaf) (layout.Page, error) {
	err := in.interpret(l)
	if in.outside > 0 {
		in.note(fmt.Sprintf("%d characters outside of the page left out", in.outside))
	}
	if in.noFont {
		in.note("text without a font")
	}
	turn(&in.page)
	return in.page, err
}

func (in *interpreter) note(s string) {
	if in.page.Note != "" {
		in.page.Note += "; "
	}
	in.page.Note += s
}

// content joins the content streams of a page; an operator may be cut between two.
func (in *interpreter) content(v reader.Value) []byte {
	if v.Kind() == reader.Stream {
		return in.stream(v)
	}
	var all []byte
	for i := range min(v.Len(), 4096) {
		if s := v.Index(i); s.Kind() == reader.Stream && len(all) < maxStream {
			all = append(append(all, in.stream(s)...), '\n')
		}
	}
	return all
}

// stream gives the data of a stream that is shown on the page.
func (in *interpreter) stream(v reader.Value) []byte {
	in.page.Broken = in.page.Broken || v.Key(brokenKey).Bool()
	return streamData(v)
}

// pageMatrix maps the page's user space to points from the top left of the
// page as it is shown.
func pageMatrix(l leaf) (m matrix, width, height float64) {
	media, ok := rectangle(l.media)
	if !ok {
		media = [4]float64{0, 0, 612, 792}
	}
	box := media
	if crop, ok := rectangle(l.crop); ok {
		box = [4]float64{max(box[0], crop[0]), max(box[1], crop[1]), min(box[2], crop[2]), min(box[3], crop[3])}
		if box[2]-box[0] < 1 || box[3]-box[1] < 1 {
			box = media
		}
	}
	w, h := box[2]-box[0], box[3]-box[1]
	unit := l.page.Key("UserUnit").Float64()
	if unit <= 0 || unit > 100 {
		unit = 1
	}
	toOrigin := matrix{1, 0, 0, 1, -box[0], -box[1]}
	var rotated matrix
	switch ((l.rotate/90)%4 + 4) % 4 {
	case 0:
		rotated, width, height = matrix{1, 0, 0, -1, 0, h}, w, h
	case 1:
		rotated, width, height = matrix{0, 1, 1, 0, 0, 0}, h, w
	case 2:
		rotated, width, height = matrix{-1, 0, 0, 1, w, 0}, w, h
	default:
		rotated, width, height = matrix{0, -1, -1, 0, h, w}, h, w
	}
	return toOrigin.mul(rotated).mul(matrix{a: unit, d: unit}), width * unit, height * unit
}

// rectangle reads a box, its corners in any order.
func rectangle(v reader.Value) ([4]float64, bool) {
	if v.Len() != 4 {
		return [4]float64{}, false
	}
	var r [4]float64
	for i := range r {
		r[i] = v.Index(i).Float64()
	}
	r = [4]float64{min(r[0], r[2]), min(r[1], r[3]), max(r[0], r[2]), max(r[1], r[3])}
	return r, r[2]-r[0] >= 1 && r[3]-r[1] >= 1 && r[2]-r[0] < 1e6 && r[3]-r[1] < 1e6
}

// run interprets one content stream. Its error is the context's.
func (in *interpreter) run(data []byte, resources reader.Value) error {
	l := &lexer{data: data}
	fonts := map[string]*font{} // of these resources, by name
	base := len(in.stack)
	var operands []object
	for {
		o := l.next()
		if o.kind == kindEOF {
			break
		}
		if o.kind != kindKeyword {
			if len(operands) == maxOperands {
				copy(operands, operands[1:])
				operands = operands[:maxOperands-1]
			}
			operands = append(operands, o)
			continue
		}
		if in.steps--; in.steps <= 0 {
			in.note("too many drawing operators, the rest left out")
			break
		}
		if in.steps%checkEvery == 0 {
			if err := in.ctx.Err(); err != nil {
				return err
			}
		}
		switch string(o.str) {
		case "Do":
			if len(operands) > 0 {
				if err := in.form(resources.Key("XObject").Key(string(operands[len(operands)-1].str)), resources); err != nil {
					return err
				}
			}
		case "BI":
			skipInlineImage(l)
		case "Tf":
			if len(operands) >= 2 {
				in.st.size = operands[len(operands)-1].num
				name := string(operands[len(operands)-2].str)
				f, ok := fonts[name]
				if !ok {
					f = in.loadFont(resources.Key("Font").Key(name))
					fonts[name] = f
				}
				in.st.font = f
			}
		case "gs":
			if len(operands) > 0 {
				setting := resources.Key("ExtGState").Key(string(operands[0].str)).Key("Font")
				if setting.Len() == 2 {
					in.st.font = in.loadFont(setting.Index(0))
					in.st.size = setting.Index(1).Float64()
				}
			}
		case "BDC":
			in.beginMark(operands, resources)
		case "Q":
			if in.unsaved > 0 {
				in.unsaved--
			} else if n := len(in.stack); n > base { // more Q than q happens
				in.st = in.stack[n-1]
				in.stack = in.stack[:n-1]
			}
		default:
			in.operator(o.str, operands)
		}
		operands = operands[:0]
	}
	if len(in.stack) > base {
		in.st = in.stack[base]
		in.stack = in.stack[:base]
	}
	return nil
}

// loadFont returns the font of a dictionary, nil where there is none.
func (in *interpreter) loadFont(v reader.Value) *font {
	if v.Kind() != reader.Dict {
		return nil
	}
	number := v.Key(numberKey).Int64()
	if f, ok := in.fonts[number]; ok && number != 0 {
		return f
	}
	f := newFont(v)
	if number != 0 {
		in.fonts[number] = f
	}
	return f
}

// form runs a form XObject, unless it is running already.
func (in *interpreter) form(v, outer reader.Value) error {
	number := v.Key(numberKey).Int64()
	if v.Kind() != reader.Stream || v.Key("Subtype").Name() != "Form" || in.open[number] || len(in.open) >= maxForms {
		return nil
	}
	in.open[number] = true
	defer delete(in.open, number)
	saved, savedPath := in.st, in.path
	if m := v.Key("Matrix"); m.Len() == 6 {
		in.st.ctm = matrix{
			m.Index(0).Float64(), m.Index(1).Float64(), m.Index(2).Float64(),
			m.Index(3).Float64(), m.Index(4).Float64(), m.Index(5).Float64(),
		}.mul(in.st.ctm)
	}
	resources := v.Key("Resources")
	if resources.Kind() != reader.Dict {
		resources = outer
	}
	in.path = path{}
	err := in.run(in.stream(v), resources)
	in.st, in.path = saved, savedPath
	return err
}

// skipInlineImage moves behind the EI that ends an image. The image's bytes may
// hold anything, so EI counts only as a word of its own with plain text behind.
func skipInlineImage(l *lexer) {
	for {
		o := l.next()
		if o.kind == kindEOF {
			return
		}
		if o.kind == kindKeyword && string(o.str) == "ID" {
			break
		}
	}
	for from := l.pos; ; {
		i := bytes.Index(l.data[from:], []byte("EI"))
		if i < 0 {
			l.pos = len(l.data)
			return
		}
		at := from + i
		end := at + 2
		if at > 0 && isSpace(l.data[at-1]) && (end == len(l.data) || isSpace(l.data[end])) && plainText(l.data[end:min(len(l.data), end+16)]) {
			l.pos = end
			return
		}
		from = end
	}
}

func plainText(s []byte) bool {
	for _, c := range s {
		if c >= 0x7f || c < ' ' && !isSpace(c) {
			return false
		}
	}
	return true
}

// operator runs one operator that needs no resources. Missing operands are 0,
// unknown operators do nothing.
func (in *interpreter) operator(op []byte, operands []object) {
	// arg returns the i-th of the last n operands.
	arg := func(i, n int) float64 {
		if k := len(operands) - n + i; k >= 0 && k < len(operands) {
			return operands[k].num
		}
		return 0
	}
	st := &in.st
	switch string(op) {
	case "q":
		if len(in.stack) < maxStates {
			in.stack = append(in.stack, *st)
		} else {
			in.unsaved++
		}
	case "cm":
		if len(operands) >= 6 {
			st.ctm = matrix{arg(0, 6), arg(1, 6), arg(2, 6), arg(3, 6), arg(4, 6), arg(5, 6)}.mul(st.ctm)
		}
	case "w":
		st.lineWidth = arg(0, 1)

	case "BT":
		st.textMatrix, st.lineTop = identity, identity
	case "Tc":
		st.charSpace = arg(0, 1)
	case "Tw":
		st.wordSpace = arg(0, 1)
	case "Tz":
		st.scale = arg(0, 1) / 100
	case "TL":
		st.leading = arg(0, 1)
	case "Ts":
		st.rise = arg(0, 1)
	case "Tr":
		st.renderMode = int(arg(0, 1))
	case "Tm":
		if len(operands) >= 6 {
			st.lineTop = matrix{arg(0, 6), arg(1, 6), arg(2, 6), arg(3, 6), arg(4, 6), arg(5, 6)}
			st.textMatrix = st.lineTop
		}
	case "Td":
		in.newLine(arg(0, 2), arg(1, 2))
	case "TD":
		st.leading = -arg(1, 2)
		in.newLine(arg(0, 2), arg(1, 2))
	case "T*":
		in.newLine(0, -st.leading)
	case "Tj":
		if len(operands) > 0 {
			in.show(operands[len(operands)-1].str)
		}
	case "'":
		in.newLine(0, -st.leading)
		if len(operands) > 0 {
			in.show(operands[len(operands)-1].str)
		}
	case "\"":
		if len(operands) >= 3 {
			st.wordSpace, st.charSpace = arg(0, 3), arg(1, 3)
		}
		in.newLine(0, -st.leading)
		if len(operands) > 0 {
			in.show(operands[len(operands)-1].str)
		}
	case "TJ":
		if len(operands) == 0 {
			return
		}
		for _, item := range operands[len(operands)-1].list {
			switch item.kind {
			case kindString:
				in.show(item.str)
			case kindNumber:
				in.advance(-item.num / 1000 * st.size * st.scale)
			}
		}

	case "BMC":
		in.marks = append(in.marks, mark{})
	case "EMC":
		in.endMark()

	case "m":
		in.path.move(st.ctm.apply(arg(0, 2), arg(1, 2)))
	case "l":
		in.path.line(st.ctm.apply(arg(0, 2), arg(1, 2)))
	case "c":
		in.path.curve(st.ctm.apply(arg(4, 6), arg(5, 6)))
	case "v", "y":
		in.path.curve(st.ctm.apply(arg(2, 4), arg(3, 4)))
	case "h":
		in.path.close()
	case "re":
		x, y, w, h := arg(0, 4), arg(1, 4), arg(2, 4), arg(3, 4)
		in.path.move(st.ctm.apply(x, y))
		in.path.line(st.ctm.apply(x+w, y))
		in.path.line(st.ctm.apply(x+w, y+h))
		in.path.line(st.ctm.apply(x, y+h))
		in.path.close()
	case "s", "b", "b*":
		in.path.close()
		in.stroke()
	case "S":
		in.stroke()
	case "B", "B*":
		in.stroke()
	case "f", "F", "f*":
		in.fill()
	case "n":
		in.path = path{subpaths: in.path.subpaths[:0]}
	}
}

func (in *interpreter) newLine(x, y float64) {
	in.st.lineTop = matrix{1, 0, 0, 1, x, y}.mul(in.st.lineTop)
	in.st.textMatrix = in.st.lineTop
}

func (in *interpreter) advance(x float64) {
	m := &in.st.textMatrix
	m.e += x * m.a
	m.f += x * m.b
}

// show notes the characters of one string. Invisible text (render mode 3) is
// kept: it is the text of scanned pages.
func (in *interpreter) show(s []byte) {
	st := &in.st
	if st.font == nil {
		in.noFont = in.noFont || len(s) > 0
		return
	}
	for len(s) > 0 {
		g, length, space := st.font.next(s)
		s = s[length:]
		width := g.width * st.size * st.scale
		in.emit(g.text, width)
		width += st.charSpace * st.scale
		if space {
			width += st.wordSpace * st.scale
		}
		in.advance(width)
	}
}

// emit notes one character that starts at the text position.
func (in *interpreter) emit(text string, width float64) {
	if len(in.page.Glyphs) >= maxGlyphs {
		return
	}
	st := &in.st
	m := st.textMatrix.mul(st.ctm)
	x0, y0 := m.apply(0, st.rise)
	x1, y1 := m.apply(width, st.rise)
	// The size is the height of the letters, across the direction of writing.
	size := math.Abs(st.size) * math.Hypot(m.c, m.d)
	if !(math.Abs(x0) < 1e6 && math.Abs(y0) < 1e6 && math.Abs(x1) < 1e6 && math.Abs(y1) < 1e6 && size < 1e5) {
		return
	}
	const margin = 2
	if x0 < -margin && x1 < -margin || y0 < -margin || x0 > in.page.Width+margin && x1 > in.page.Width+margin || y0 > in.page.Height+size {
		in.outside++
		return
	}
	g := layout.Glyph{Text: text, Font: st.font.name, Bold: st.font.bold || st.renderMode == 2, Italic: st.font.italic, Size: size}
	// Direction of writing: with y downwards a positive angle turns clockwise.
	dx, dy := m.a*st.size, m.b*st.size
	angle := math.Atan2(dy, dx) * 180 / math.Pi
	if math.Abs(angle) < 2 || dx == 0 && dy == 0 {
		g.X0, g.X1 = min(x0, x1), max(x0, x1)
		g.Baseline = y0
		g.Y0, g.Y1 = y0-layout.Ascent*size, y0+layout.Descent*size
	} else {
		g.Angle = angle
		g.X0, g.Y0, g.X1, g.Y1, g.Baseline = x0, y0, x1, y1, y0
	}
	in.page.Glyphs = append(in.page.Glyphs, g)
}

// turn makes the main direction of the page's text the horizontal one: tables
// printed across the page are often drawn turned, without /Rotate.
func turn(p *layout.Page) {
	var count [4]int
	for i := range p.Glyphs {
		a := p.Glyphs[i].Angle
		quarter := math.Round(a / 90)
		if math.Abs(a-quarter*90) < 2 {
			count[(int(quarter)+4)%4]++
		}
	}
	main := 0
	for q := range count {
		if count[q] > count[main] {
			main = q
		}
	}
	if main == 0 || count[main]*2 <= len(p.Glyphs) {
		return
	}
	point := func(x, y float64) (float64, float64) {
		switch main {
		case 1: // written downwards
			return y, p.Width - x
		case 2:
			return p.Width - x, p.Height - y
		default: // written upwards
			return p.Height - y, x
		}
	}
	for i := range p.Glyphs {
		g := &p.Glyphs[i]
		size := g.Size
		if g.Angle == 0 { // now itself at an angle
			g.Y0, g.Y1 = g.Baseline, g.Baseline
		}
		angle := g.Angle - float64(main)*90
		for angle <= -180 {
			angle += 360
		}
		g.X0, g.Y0 = point(g.X0, g.Y0)
		g.X1, g.Y1 = point(g.X1, g.Y1)
		g.Baseline = g.Y0
		g.Angle = angle
		if math.Abs(angle) < 2 {
			g.Angle = 0
			g.X0, g.X1 = min(g.X0, g.X1), max(g.X0, g.X1)
			g.Y0, g.Y1 = g.Baseline-layout.Ascent*size, g.Baseline+layout.Descent*size
		}
	}
	for i, l := range p.Lines {
		x0, y0 := point(l.X0, l.Y0)
		x1, y1 := point(l.X1, l.Y1)
		p.Lines[i] = layout.Line{X0: min(x0, x1), Y0: min(y0, y1), X1: max(x0, x1), Y1: max(y0, y1)}
	}
	if main%2 == 1 {
		p.Width, p.Height = p.Height, p.Width
	}
}

// beginMark opens marked content and notes its ActualText.
func (in *interpreter) beginMark(operands []object, resources reader.Value) {
	m := mark{first: len(in.page.Glyphs)}
	if len(operands) >= 2 {
		switch properties := operands[len(operands)-1]; properties.kind {
		case kindDict:
			m.text = textString(properties.get("ActualText").str)
		case kindName:
			m.text = textString([]byte(resources.Key("Properties").Key(string(properties.str)).Key("ActualText").RawString()))
		}
	}
	in.marks = append(in.marks, m)
}

// endMark closes marked content. Where it has an ActualText and its characters
// stand on one line, that text takes their place; an empty one, or one for
// several lines, would lose what is printed where.
func (in *interpreter) endMark() {
	n := len(in.marks) - 1
	if n < 0 {
		return
	}
	m := in.marks[n]
	in.marks = in.marks[:n]
	if m.text == "" || m.first >= len(in.page.Glyphs) {
		return
	}
	covered := in.page.Glyphs[m.first:]
	union := covered[0]
	for _, g := range covered[1:] {
		if math.Abs(g.Baseline-union.Baseline) > 1 || g.Angle != 0 {
			return
		}
		union.X0, union.X1 = min(union.X0, g.X0), max(union.X1, g.X1)
	}
	union.Text = m.text
	in.page.Glyphs = append(in.page.Glyphs[:m.first], union)
}

// textString decodes a text string: UTF-16 or UTF-8 with their marks, else a
// byte a character.
func textString(s []byte) string {
	switch {
	case bytes.HasPrefix(s, []byte{0xfe, 0xff}):
		return utf16Text(s[2:])
	case bytes.HasPrefix(s, []byte{0xef, 0xbb, 0xbf}):
		return string(bytes.ToValidUTF8(s[3:], []byte(unknownText)))
	}
	runes := make([]rune, len(s))
	for i, c := range s {
		runes[i] = rune(c)
	}
	return string(runes)
}

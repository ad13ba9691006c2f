// A well-formed copy of a PDF file, made before github.com/ledongthuc/pdf sees
// it. That package needs a perfect header, cross-reference table and trailer,
// panics on filters it does not know and believes every size a file declares;
// files from offices are not perfect, and some ask for gigabytes.
//
// So the objects are found by scanning the file, as every viewer does when the
// cross-reference table is broken, and written again: objects out of object
// streams as plain ones, streams that hold text decoded (within limits) and all
// other streams left out, everything numbered from 1.

package pdf

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"sort"
	"strconv"
)

// Bounds of one file. They are far above what a report holds.
const (
	maxObjects     = 1 << 18
	maxStream      = 24 << 20 // bytes of one decoded stream
	maxDecoded     = 96 << 20 // bytes of all decoded streams together
	maxObjectText  = 64 << 20 // bytes of all objects as written
	maxObjStmItems = 1 << 16
)

// numberKey is the key under which the copy's dictionaries carry their own
// object number, so that fonts, forms and pages can be told apart by object.
const numberKey = "BaocaoObject"

// brokenKey is the key of streams in the copy whose data were damaged.
const brokenKey = "BaocaoBroken"

// indirect is one numbered object of the file.
type indirect struct {
	value  object
	raw    []byte // undecoded stream, nil where it is no stream
	stream bool
	at     int // where it, or the object stream that holds it, stands
	packed bool
}

// file is what scanning found.
type file struct {
	objects map[int]*indirect
	trailer object
	budget  int // bytes that streams may still decode to
	notes   []string
	broken  map[int]bool // streams whose data are damaged
	crypt   *decrypter
}

// wellFormed returns the copy and remarks on what was cut or repaired.
func wellFormed(data []byte) (copied []byte, notes []string, err error) {
	f := &file{objects: map[int]*indirect{}, broken: map[int]bool{}, budget: maxDecoded}
	f.scan(data)
	if err := f.openEncryption(); err != nil {
		return nil, nil, err
	}
	f.unpack()
	if len(f.objects) == 0 {
		return nil, nil, fmt.Errorf("find objects: %w", ErrNotPDF)
	}
	root, ok := f.root()
	if !ok {
		return nil, nil, fmt.Errorf("find the catalog: %w", ErrNoPages)
	}
	return f.write(root), f.notes, nil
}

// scan collects the objects that stand in the file itself. Of objects with one
// number the last is valid, as an update is appended to the file.
func (f *file) scan(data []byte) {
	noEnd := false // no "endstream" from here on: do not search for it again
	for pos := 0; pos < len(data); {
		i := bytes.IndexByte(data[pos:], 'o')
		if i < 0 {
			break
		}
		at := pos + i
		if !bytes.HasPrefix(data[at:], []byte("obj")) {
			pos = at + 1
			continue
		}
		start, number, ok := objectNumber(data, at)
		if !ok {
			pos = at + 3
			continue
		}
		l := &lexer{data: data, pos: at + 3, refs: true}
		o := l.next()
		pos = l.pos
		if o.kind == kindKeyword || o.kind == kindEOF {
			o = object{} // "1 0 obj endobj"
		}
		found := &indirect{value: o, at: start}
		if o.kind == kindDict {
			l.skipSpace()
			if bytes.HasPrefix(data[l.pos:], []byte("stream")) {
				found.stream = true
				found.raw, pos = streamBytes(data, l.pos+len("stream"), o, &noEnd)
			}
			if o.get("Type").isName("XRef") && o.get("Root").kind == kindRef {
				f.trailer = o
			}
		}
		if len(f.objects) < maxObjects {
			f.objects[number] = found
		}
	}
	f.findTrailer(data)
}

// findTrailer takes the last trailer dictionary that names a catalog.
func (f *file) findTrailer(data []byte) {
	word := []byte("trailer")
	for end := len(data); ; {
		i := bytes.LastIndex(data[:end], word)
		if i < 0 {
			return
		}
		l := &lexer{data: data, pos: i + len(word), refs: true}
		if o := l.next(); o.get("Root").kind == kindRef {
			f.trailer = o
			return
		}
		if len(data)-i > 1<<20 {
			return // not in the last part of the file: there is none to trust
		}
		end = i
	}
}

// objectNumber reads "12 0 " backwards from the "obj" at position at.
func objectNumber(data []byte, at int) (start, number int, ok bool) {
	back := func(i int, in func(byte) bool) int {
		for i > 0 && in(data[i-1]) {
			i--
		}
		return i
	}
	generationEnd := back(at, isSpace)
	generation := back(generationEnd, isDigit)
	numberEnd := back(generation, isSpace)
	start = back(numberEnd, isDigit)
	if generation == generationEnd || numberEnd == generation || start == numberEnd || numberEnd-start > 9 {
		return 0, 0, false
	}
	number, err := strconv.Atoi(string(data[start:numberEnd]))
	return start, number, err == nil && number > 0
}

// streamBytes returns the stream's bytes, which start after the word "stream"
// that ends at pos, and where to read on. Length is believed where "endstream"
// follows it, else the bytes up to that word are taken.
func streamBytes(data []byte, pos int, dict object, noEnd *bool) (raw []byte, next int) {
	if pos < len(data) && data[pos] == '\r' {
		pos++
	}
	if pos < len(data) && data[pos] == '\n' {
		pos++
	}
	word := []byte("endstream")
	if n, ok := dict.get("Length").integer(); ok && n >= 0 && n <= int64(len(data)-pos) {
		end := pos + int(n)
		after := end
		for after < len(data) && after-end < 4 && isSpace(data[after]) {
			after++
		}
		if bytes.HasPrefix(data[after:], word) {
			return data[pos:end], after + len(word)
		}
	}
	i := -1
	if !*noEnd {
		i = bytes.Index(data[pos:], word)
	}
	if i < 0 {
		*noEnd = true
		return data[pos:], len(data)
	}
	return data[pos : pos+i], pos + i + len(word)
}

// unpack adds the objects that stand in object streams.
func (f *file) unpack() {
	for _, number := range f.numbers() {
		holder := f.objects[number]
		if !holder.stream || !holder.value.get("Type").isName("ObjStm") {
			continue
		}
		data := f.decode(number, holder)
		count, _ := f.resolve(holder.value.get("N")).integer()
		first, _ := f.resolve(holder.value.get("First")).integer()
		if first <= 0 || first > int64(len(data)) {
			continue
		}
		head := &lexer{data: data[:first]}
		for range min(count, maxObjStmItems) {
			id, ok1 := head.next().integer()
			offset, ok2 := head.next().integer()
			if !ok1 || !ok2 {
				break
			}
			if id <= 0 || id > 1<<30 || offset < 0 || offset >= int64(len(data))-first {
				continue
			}
			old := f.objects[int(id)]
			if old != nil && (old.at > holder.at || old.stream && old == holder) || len(f.objects) >= maxObjects {
				continue
			}
			l := &lexer{data: data, pos: int(first + offset), refs: true}
			f.objects[int(id)] = &indirect{value: l.next(), at: holder.at, packed: true}
		}
	}
}

func (f *file) numbers() []int {
	all := make([]int, 0, len(f.objects))
	for number := range f.objects {
		all = append(all, number)
	}
	sort.Ints(all)
	return all
}

// resolve follows a reference, and references to references, a few steps.
func (f *file) resolve(o object) object {
	for range 8 {
		if o.kind != kindRef {
			return o
		}
		target := f.objects[int(o.num)]
		if target == nil {
			return object{}
		}
		o = target.value
	}
	return object{}
}

// root finds the catalog: the trailer's, or else any.
func (f *file) root() (int, bool) {
	if ref := f.trailer.get("Root"); ref.kind == kindRef && f.resolve(ref).kind == kindDict {
		return int(ref.num), true
	}
	found, at := 0, -1
	for _, number := range f.numbers() {
		o := f.objects[number]
		if o.value.get("Type").isName("Catalog") && o.at >= at {
			found, at = number, o.at
		}
	}
	return found, found > 0
}

// decode returns the bytes of a stream, decrypted and decoded.
func (f *file) decode(number int, o *indirect) []byte {
	raw := o.raw
	if f.crypt != nil && !o.value.get("Type").isName("XRef") {
		raw = f.crypt.bytes(number, raw, false)
	}
	filters := f.asList(o.value.get("Filter"))
	params := f.asList(o.value.get("DecodeParms"))
	data, end, ok := decodeStream(raw, filters, params, min(maxStream, f.budget))
	if !ok {
		return nil
	}
	switch end {
	case endBroken:
		f.broken[number] = true
	case endCut:
		f.notes = append(f.notes, fmt.Sprintf("object %d: stream cut after %d bytes", number, len(data)))
	}
	f.budget -= len(data)
	return data
}

// asList returns a value that may stand alone or in an array as a list.
func (f *file) asList(o object) []object {
	o = f.resolve(o)
	switch o.kind {
	case kindNull:
		return nil
	case kindArray:
		list := make([]object, len(o.list))
		for i, item := range o.list {
			list[i] = f.resolve(item)
		}
		return list
	}
	return []object{o}
}

// textStreams returns the numbers of the streams that say what text stands on
// the pages: contents, forms, appearances and CMaps.
func (f *file) textStreams() map[int]bool {
	wanted := map[int]bool{}
	mark := func(o object) {
		if o.kind == kindRef {
			wanted[int(o.num)] = true
		}
	}
	var visit func(o object)
	visit = func(o object) {
		for i := 0; o.kind == kindDict && i+1 < len(o.list); i += 2 {
			value := o.list[i+1]
			switch string(o.list[i].str) {
			case "Contents":
				mark(value)
				list := f.resolve(value)
				if list.kind == kindArray {
					for _, item := range list.list {
						mark(item)
					}
				}
			case "ToUnicode", "Encoding":
				mark(value)
			}
		}
		for _, item := range o.list {
			if item.kind == kindDict || item.kind == kindArray {
				visit(item)
			}
		}
	}
	for number, o := range f.objects {
		visit(o.value)
		if o.stream && f.resolve(o.value.get("Subtype")).isName("Form") {
			wanted[number] = true
		}
	}
	return wanted
}

// write gives the copy, with the catalog root.
func (f *file) write(root int) []byte {
	numbers := f.numbers()
	renumber := make(map[int]int, len(numbers))
	for i, number := range numbers {
		renumber[number] = i + 1
	}
	wanted := f.textStreams()
	w := &writer{renumber: renumber, file: f}
	w.buf.WriteString("%PDF-1.7\n")
	offsets := make([]int, 0, len(numbers))
	for i, number := range numbers {
		o := f.objects[number]
		offsets = append(offsets, w.buf.Len())
		fmt.Fprintf(&w.buf, "%d 0 obj\n", i+1)
		w.number = number
		if w.buf.Len() > maxObjectText+maxDecoded {
			o = &indirect{}
		}
		w.encrypted = f.crypt != nil && !o.packed
		switch {
		case !o.stream:
			// An object that is only a reference would make the package panic.
			w.write(f.resolve(o.value), i+1)
		case wanted[number]:
			data := f.decode(number, o)
			dict := o.value
			if f.broken[number] {
				dict.list = append(slices.Clone(dict.list), object{kind: kindName, str: []byte(brokenKey)}, object{kind: kindBool, num: 1})
			}
			w.stream(dict, i+1, data)
		default:
			w.stream(o.value, i+1, nil)
		}
		w.buf.WriteString("\nendobj\n")
	}
	start := w.buf.Len()
	fmt.Fprintf(&w.buf, "xref\n0 %d\n0000000000 65535 f \n", len(numbers)+1)
	for _, offset := range offsets {
		fmt.Fprintf(&w.buf, "%010d 00000 n \n", offset)
	}
	// The package looks for "startxref" in the last 100 bytes, and reads them
	// even of a shorter file.
	fmt.Fprintf(&w.buf, "trailer\n<</Size %d/Root %d 0 R>>\n%%%s\nstartxref\n%d\n%%%%EOF\n",
		len(numbers)+1, renumber[root], bytes.Repeat([]byte{'-'}, 100), start)
	return w.buf.Bytes()
}

// writer writes objects in the plainest syntax.
type writer struct {
	buf       bytes.Buffer
	renumber  map[int]int
	file      *file
	number    int // of the object in the original file
	encrypted bool
}

// stream writes a stream without its filters. Of other streams than those with
// text only the dictionary is kept, as data of length 0.
func (w *writer) stream(dict object, self int, data []byte) {
	kept := object{kind: kindDict}
	for i := 0; i+1 < len(dict.list); i += 2 {
		switch string(dict.list[i].str) {
		case "Length", "Filter", "DecodeParms", "F", "FFilter", "FDecodeParms", "DL":
		default:
			kept.list = append(kept.list, dict.list[i], dict.list[i+1])
		}
	}
	kept.list = append(kept.list, object{kind: kindName, str: []byte("Length")}, object{kind: kindNumber, num: float64(len(data))})
	w.write(kept, self)
	w.buf.WriteString("stream\n")
	w.buf.Write(data)
	w.buf.WriteString("\nendstream")
}

// write writes one object; self is its number where it is an indirect one.
func (w *writer) write(o object, self int) {
	switch o.kind {
	case kindBool:
		w.buf.WriteString(strconv.FormatBool(o.num == 1))
	case kindNumber:
		if o.num == math.Trunc(o.num) && math.Abs(o.num) < 1<<53 {
			w.buf.Write(strconv.AppendInt(w.buf.AvailableBuffer(), int64(o.num), 10))
		} else {
			w.buf.Write(strconv.AppendFloat(w.buf.AvailableBuffer(), o.num, 'f', 6, 64))
		}
	case kindName:
		w.name(o.str)
	case kindString:
		s := o.str
		if w.encrypted {
			s = w.file.crypt.bytes(w.number, s, true)
		}
		fmt.Fprintf(&w.buf, "<%x>", s)
	case kindArray:
		w.buf.WriteByte('[')
		for i, item := range o.list {
			if i > 0 {
				w.buf.WriteByte(' ')
			}
			w.write(item, 0)
		}
		w.buf.WriteByte(']')
	case kindDict:
		w.buf.WriteString("<<")
		for i := 0; i+1 < len(o.list); i += 2 {
			w.name(o.list[i].str)
			w.buf.WriteByte(' ')
			w.write(o.list[i+1], 0)
		}
		if self > 0 {
			fmt.Fprintf(&w.buf, "/%s %d", numberKey, self)
		}
		w.buf.WriteString(">>")
	case kindRef:
		if n, ok := w.renumber[int(o.num)]; ok {
			fmt.Fprintf(&w.buf, "%d 0 R", n)
		} else {
			w.buf.WriteString("null")
		}
	default:
		w.buf.WriteString("null")
	}
}

func (w *writer) name(s []byte) {
	w.buf.WriteByte('/')
	for _, c := range s {
		if c <= ' ' || c >= 0x7f || c == '#' || isDelimiter(c) {
			fmt.Fprintf(&w.buf, "#%02x", c)
		} else {
			w.buf.WriteByte(c)
		}
	}
}

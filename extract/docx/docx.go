// Package docx reads Word documents (DOCX packages) into text.
//
// In: the bytes of one package. Out: a document.Document with what a person
// sees on the pages: paragraphs with their computed list numbers, table rows
// with cells separated by TAB (a merged cell's text in its first cell), text
// that is placed side by side (letterhead, signature) as rows too, footnotes
// behind the paragraph that refers to them, text boxes behind the paragraph
// they are anchored in, and the header of a first page before its text.
// Text in legacy fonts (.VnTime, VNI-Times) comes out as Unicode.
//
// Left out are tracked deletions, hidden text, text that is struck through (named
// in Warnings), field codes, page numbers and headers that repeat on every page;
// the last are named in Page.Note. Pictures and embedded objects are not read,
// large ones are named in Warnings.
//
// Page numbers are those that Word stored when it last laid the document out
// (w:lastRenderedPageBreak). A document without them, written by another
// program, has Page 0 throughout: a guessed page would send people to the
// wrong place.
//
// The package is not trusted: sizes, ratios, nesting and entities are checked
// before anything is inflated or followed.
package docx

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"baocao/extract/document"
	"baocao/normalize/vntext"
)

// Read reads a DOCX package of size bytes. The error wraps ErrNotPackage,
// ErrNoBody, ErrTooLarge, ErrMalformed or the error of ctx. A document without
// any text is no error.
func Read(ctx context.Context, r io.ReaderAt, size int64) (*document.Document, error) {
	return read(ctx, r, size, 0)
}

// read reads a package that is attached inside depth others.
func read(ctx context.Context, r io.ReaderAt, size int64, depth int) (*document.Document, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	pkg, err := openParts(r, size)
	if err != nil {
		return nil, err
	}
	name, err := pkg.findBody()
	if err != nil {
		return nil, err
	}
	w := &walker{
		ctx: ctx, pkg: pkg, attachedDepth: depth,
		fonts: map[string]fontCode{}, bases: map[[2]string]runProps{},
		notes: map[noteRef][]item{}, encBytes: map[vntext.Encoding]int{},
	}
	if pkg.repeated[name] {
		w.warn.add("the package holds %s more than once; the first one was read", name)
	}
	data, err := pkg.body(name)
	if err != nil {
		return nil, err
	}
	if err := w.prepare(name, data); err != nil {
		return nil, err
	}
	if bytes.Contains(data, []byte("lastRenderedPageBreak")) {
		w.page = 1
	}
	body, err := w.part(name, data, "body", document.Paragraph)
	if err != nil {
		return nil, err
	}
	return w.document(body)
}

// prepare reads the parts that the body refers to. The text of the body does
// not depend on them, so a part that is broken only costs what it would have
// told, which a warning says. A part that the body never refers to is not
// even inflated.
func (w *walker) prepare(name string, body []byte) error {
	rels, err := w.pkg.relations(name)
	if rels == nil && err == nil && name != mainPart {
		// Some programs rename the main part and forget its relationships.
		rels, err = w.pkg.relations(mainPart)
	}
	w.rels = rels
	if err := w.aside(err, "relationships"); err != nil {
		return err
	}
	th := readTheme(w.side(w.related(name, "theme", "theme/theme1.xml")))
	if w.styles, err = readStyles(w.side(w.related(name, "styles", "styles.xml")), th); err != nil {
		if err := w.aside(err, "fonts and list numbers of the styles"); err != nil {
			return err
		}
	}
	var lists []byte
	if w.styles.lists || bytes.Contains(body, []byte("numId")) {
		lists = w.side(w.related(name, "numbering", "numbering.xml"))
	}
	if w.lists, err = readNumbering(lists, th); err != nil {
		if err := w.aside(err, "list numbers"); err != nil {
			return err
		}
	}
	for _, kind := range []string{"footnote", "endnote"} {
		if !bytes.Contains(body, []byte(kind+"Reference")) {
			continue
		}
		part := w.related(name, kind+"s", kind+"s.xml")
		if data := w.side(part); data != nil {
			if err := w.aside(w.readNotes(part, data, kind), kind+"s"); err != nil {
				return err
			}
		}
	}
	return nil
}

// side reads a part that the body can do without, nil when it cannot be read.
func (w *walker) side(name string) []byte {
	data, err := w.pkg.read(name)
	if err != nil {
		w.warn.add("%s was not read: %v", name, err)
		return nil
	}
	return data
}

// aside turns the fault of a part that the body can do without into a warning.
// Only the end of the context stops the reading.
func (w *walker) aside(err error, lost string) error {
	if w.ctx.Err() != nil {
		return w.ctx.Err()
	}
	if err != nil {
		w.warn.add("%s may be missing: %v", lost, err)
	}
	return nil
}

// related returns the part of this kind that the main part refers to, else the
// usual one in its folder.
func (w *walker) related(main, kind, usual string) string {
	for _, id := range sortedKeys(w.rels) {
		if rel := w.rels[id]; rel.kind == kind && w.pkg.has(rel.target) {
			return rel.target
		}
	}
	return path.Dir(main) + "/" + usual
}

// part walks over the content of the element root of a part.
func (w *walker) part(name string, data []byte, root string, kind document.Kind) ([]item, error) {
	var items []item
	found := false
	s := newScanner(data)
	for ev := s.next(); ev != evEOF; ev = s.next() {
		if ev == evOpen && s.is(root) && !found {
			found = true
			items = w.story(s, kind)
		}
	}
	switch {
	case w.ctx.Err() != nil:
		return nil, fmt.Errorf("read %s: %w", name, w.ctx.Err())
	case s.err != nil:
		return nil, fmt.Errorf("%w: %s: %v", ErrMalformed, name, s.err)
	case !found && root == "body":
		return nil, fmt.Errorf("%w: %s has no body", ErrNoBody, name)
	}
	return items, nil
}

// readNotes reads footnotes.xml or endnotes.xml; separators are left out.
func (w *walker) readNotes(name string, data []byte, kind string) error {
	s := newScanner(data)
	for ev := s.next(); ev != evEOF; ev = s.next() {
		if ev != evOpen || !s.is(kind) {
			continue
		}
		if t, ok := s.attr("type"); ok && t != "normal" {
			s.skip()
			continue
		}
		id, _ := s.attr("id")
		w.notes[noteRef{endnote: kind == "endnote", id: id}] = w.story(s, document.Footnote)
	}
	if s.err != nil {
		return fmt.Errorf("%w: %s: %v", ErrMalformed, name, s.err)
	}
	return nil
}

// document writes out the body with the headers that belong to it.
func (w *walker) document(body []item) (*document.Document, error) {
	e := &emitter{w: w, noted: map[noteRef]bool{}}
	page := w.page
	heads, note, err := w.headers(body)
	if err != nil {
		return nil, err
	}
	w.page = page
	next := 0
	for i := 0; i <= len(body); i++ {
		for next < len(w.sections) && w.sections[next].at == i {
			e.items(heads[next])
			next++
		}
		if i < len(body) {
			e.item(&body[i])
		}
	}
	doc := e.b.Document()
	doc.Engine = "docx"
	doc.Encoding = w.encoding(len(doc.Text))
	doc.Warnings = w.warn.list
	doc.Pages = append(doc.Pages, document.Page{Number: min(w.page, 1), Engine: "docx", Note: note})
	for n := 2; n <= w.page; n++ {
		doc.Pages = append(doc.Pages, document.Page{Number: n, Engine: "docx"})
	}
	return doc, nil
}

// encoding names the legacy encoding that most of the text came in, "unicode"
// when that is less than a tenth of it.
func (w *walker) encoding(total int) string {
	best, size := "unicode", total/10
	for _, enc := range sortedKeys(w.encBytes) {
		if n := w.encBytes[enc]; n > size {
			best, size = string(enc), n
		}
	}
	return best
}

// headers reads the headers that are part of the text, by section, and names
// in note the running ones that are not. Part of the text are the header of a
// first page, and a header of several lines, which is a letterhead; the same
// header is given once.
func (w *walker) headers(body []item) (heads map[int][]item, note string, err error) {
	heads = map[int][]item{}
	given := map[string]bool{}
	var left []string
	leave := func(what, text string) {
		if text != "" {
			left = append(left, what+" left out: “"+text+"”")
		}
	}
	for i, sec := range w.sections {
		w.page = 0
		if sec.at < len(body) {
			w.page = body[sec.at].page
		}
		for _, kind := range []string{"first", "default", "even"} {
			if kind == "first" && !sec.title {
				continue
			}
			head, text, err := w.furniture(sec.headers[kind], "hdr")
			if err != nil {
				return nil, "", err
			}
			if text != "" && !given[text] {
				given[text] = true
				if kind == "first" || strings.Contains(text, "\n") {
					heads[i] = append(heads[i], head...)
				} else {
					leave("running header", text)
				}
			}
			_, text, err = w.furniture(sec.footers[kind], "ftr")
			if err != nil {
				return nil, "", err
			}
			if !given[text] {
				given[text] = true
				leave("footer", strings.ReplaceAll(text, "\n", " / "))
			}
		}
	}
	return heads, strings.Join(left, "; "), nil
}

// furniture reads the header or footer with this relationship id and returns
// it with its text, one line a paragraph. A missing part gives nothing.
func (w *walker) furniture(id, root string) ([]item, string, error) {
	rel, ok := w.rels[id]
	if !ok || id == "" {
		return nil, "", nil
	}
	data := w.side(rel.target)
	if data == nil {
		return nil, "", nil
	}
	items, err := w.part(rel.target, data, root, document.Header)
	if err != nil {
		return nil, "", w.aside(err, "a header or footer")
	}
	e := &emitter{w: w, noted: map[noteRef]bool{}}
	e.items(items)
	return items, strings.TrimSpace(e.b.Document().Text), nil
}

// sortedKeys returns the keys of m in order.
func sortedKeys[K ~string, V any](m map[K]V) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

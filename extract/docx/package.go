package docx

// This file opens the zip package: it decides which entries may be read, how
// large they may grow, and which part is which.

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"unicode/utf16"

	nguyen "github.com/nguyenthenguyen/docx"
)

// Limits on a package. A report of 100 pages has parts of a few megabytes and
// about 50 entries; XML deflates to about a tenth, seldom to a hundredth.
const (
	maxPart    = 64 << 20  // inflated bytes of one part
	maxTotal   = 160 << 20 // inflated bytes of all parts that are read
	maxEntries = 20000
	maxRatio   = 400 // inflated to stored bytes, for parts above ratioFrom
	ratioFrom  = 8 << 20
)

// Errors of a package. The error text names the part.
var (
	// ErrNotPackage: no zip archive, or one that is cut off or damaged.
	ErrNotPackage = errors.New("not a readable DOCX package")
	// ErrNoBody: a sound zip archive without a Word document in it.
	ErrNoBody = errors.New("the package holds no Word document")
	// ErrTooLarge: a part would grow beyond what a report can need.
	ErrTooLarge = errors.New("a part of the package is too large")
	// ErrMalformed: a part is not well-formed XML.
	ErrMalformed = errors.New("a part of the package is not well formed")
)

// parts gives access to the parts of a package by name.
type parts struct {
	r        io.ReaderAt
	size     int64
	files    map[string]*zip.File // by normalised name
	repeated map[string]bool      // names that occur more than once
	spent    uint64
}

// openParts reads the directory of the package.
func openParts(r io.ReaderAt, size int64) (*parts, error) {
	zr, err := zip.NewReader(r, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, fmt.Errorf("%w: %v", ErrNotPackage, err)
	}
	if len(zr.File) > maxEntries {
		return nil, fmt.Errorf("%w: %d entries", ErrTooLarge, len(zr.File))
	}
	p := &parts{r: r, size: size, files: make(map[string]*zip.File, len(zr.File)), repeated: map[string]bool{}}
	for _, f := range zr.File {
		name := partName(f.Name)
		if _, ok := p.files[name]; ok {
			p.repeated[name] = true
			continue // the first entry counts, as in Word
		}
		p.files[name] = f
	}
	return p, nil
}

// partName brings the spellings of one part name together: "Word\Document.xml"
// and "/word/document.xml" are one part.
func partName(name string) string {
	name = strings.ToLower(strings.ReplaceAll(name, `\`, "/"))
	return strings.TrimPrefix(path.Clean("/"+name), "/")
}

// check tells whether the entry may be inflated. archive/zip stops at the size
// that the directory declares, so the declared size is a bound.
func (p *parts) check(f *zip.File) error {
	n := f.UncompressedSize64
	switch {
	case n > maxPart:
		return fmt.Errorf("%w: %s has %d MiB", ErrTooLarge, f.Name, n>>20)
	case n > ratioFrom && n/maxRatio > f.CompressedSize64:
		return fmt.Errorf("%w: %s is inflated more than %d times", ErrTooLarge, f.Name, maxRatio)
	case p.spent+n > maxTotal:
		return fmt.Errorf("%w: all parts together exceed %d MiB", ErrTooLarge, maxTotal>>20)
	}
	return nil
}

// has tells whether the package holds the part.
func (p *parts) has(name string) bool { return p.files[partName(name)] != nil }

// read returns the part as UTF-8, nil when there is no such part.
func (p *parts) read(name string) ([]byte, error) {
	f := p.files[partName(name)]
	if f == nil {
		return nil, nil
	}
	if err := p.check(f); err != nil {
		return nil, err
	}
	rc, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("%w: open %s: %v", ErrNotPackage, f.Name, err)
	}
	defer rc.Close()
	// The declared size is only a hint here: a false one must not make room
	// for more than a small file can hold.
	buf := bytes.NewBuffer(make([]byte, 0, min(f.UncompressedSize64, f.CompressedSize64*64, maxPart)+512))
	if _, err := buf.ReadFrom(io.LimitReader(rc, maxPart+1)); err != nil {
		return nil, fmt.Errorf("%w: read %s: %v", ErrNotPackage, f.Name, err)
	}
	if buf.Len() > maxPart {
		return nil, fmt.Errorf("%w: %s", ErrTooLarge, f.Name)
	}
	p.spent += uint64(buf.Len())
	return toUTF8(buf.Bytes()), nil
}

// mainPart is the part name that nguyenthenguyen/docx knows.
const mainPart = "word/document.xml"

// body returns the main part. The docx library reads it where the package is
// plain: that library inflates the main part, its relationships and whatever
// has "header" or "footer" in its name without any bound, takes the last of
// repeated entries and knows one spelling only. Everything else is read here.
func (p *parts) body(name string) ([]byte, error) {
	if !p.plain(name) {
		return p.read(name)
	}
	lib, err := nguyen.ReadDocxFromMemory(p.r, p.size)
	if err != nil {
		return p.read(name)
	}
	content := []byte(lib.Editable().GetContent())
	if err := lib.Close(); err != nil {
		return nil, fmt.Errorf("close package: %w", err)
	}
	if len(content) == 0 {
		return p.read(name)
	}
	p.spent += uint64(len(content))
	return toUTF8(content), nil
}

// plain tells whether the docx library may be given this package.
func (p *parts) plain(name string) bool {
	if len(p.repeated) > 0 || name != mainPart || p.files[name].Name != mainPart {
		return false
	}
	var sum uint64
	for part, f := range p.files {
		if part != mainPart && !strings.Contains(f.Name, "header") && !strings.Contains(f.Name, "footer") &&
			!strings.HasSuffix(part, "document.xml.rels") {
			continue
		}
		if p.check(f) != nil {
			return false
		}
		sum += f.UncompressedSize64
	}
	return sum <= maxPart
}

// relation is one entry of a relationships part.
type relation struct {
	kind   string // last element of the type URI: "header", "styles"
	target string // part name
}

// relations reads the relationships of a part ("" for the package), by id. A
// missing relationships part gives none.
func (p *parts) relations(part string) (map[string]relation, error) {
	dir, base := path.Split(part)
	name := dir + "_rels/" + base + ".rels"
	data, err := p.read(name)
	if err != nil || data == nil {
		return nil, err
	}
	rels := map[string]relation{}
	s := newScanner(data)
	for ev := s.next(); ev != evEOF; ev = s.next() {
		if ev != evOpen || string(s.local) != "Relationship" {
			continue
		}
		id, _ := s.attr("Id")
		kind, _ := s.attr("Type")
		target, _ := s.attr("Target")
		if mode, _ := s.attr("TargetMode"); mode == "External" || target == "" {
			continue
		}
		target = strings.ReplaceAll(target, `\`, "/")
		if !strings.HasPrefix(target, "/") {
			target = dir + target
		}
		rels[id] = relation{kind: path.Base(kind), target: partName(target)}
	}
	if s.err != nil {
		return nil, fmt.Errorf("%w: %s: %v", ErrMalformed, name, s.err)
	}
	return rels, nil
}

// findBody returns the name of the main document part: the one that the
// package's relationships name, else the one its content types name, else the
// usual one, else the only candidate in the usual folder.
func (p *parts) findBody() (string, error) {
	// A broken relationships or content types part leaves the usual names.
	rels, _ := p.relations("")
	for _, id := range sortedKeys(rels) {
		if rel := rels[id]; rel.kind == "officeDocument" && p.has(rel.target) && strings.HasSuffix(rel.target, ".xml") {
			return rel.target, nil
		}
	}
	types, _ := p.read("[Content_Types].xml")
	s := newScanner(types)
	for ev := s.next(); ev != evEOF; ev = s.next() {
		if ev != evOpen || string(s.local) != "Override" {
			continue
		}
		kind, _ := s.attr("ContentType")
		name, _ := s.attr("PartName")
		if strings.Contains(kind, "wordprocessingml") && strings.Contains(kind, "document") && strings.HasSuffix(kind, "main+xml") && p.has(name) {
			return partName(name), nil
		}
	}
	if p.has(mainPart) {
		return mainPart, nil
	}
	for _, name := range sortedKeys(p.files) {
		if ok, _ := path.Match("word/document*.xml", name); ok {
			return name, nil
		}
	}
	return "", ErrNoBody
}

// toUTF8 converts a UTF-16 part (with or without a byte order mark) and drops
// the mark of a UTF-8 one.
func toUTF8(data []byte) []byte {
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(data, []byte{0xEF, 0xBB, 0xBF}):
		return data[3:]
	case bytes.HasPrefix(data, []byte{0xFF, 0xFE}):
		order, data = binary.LittleEndian, data[2:]
	case bytes.HasPrefix(data, []byte{0xFE, 0xFF}):
		order, data = binary.BigEndian, data[2:]
	case bytes.HasPrefix(data, []byte{'<', 0}):
		order = binary.LittleEndian
	case bytes.HasPrefix(data, []byte{0, '<'}):
		order = binary.BigEndian
	default:
		return data
	}
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = order.Uint16(data[2*i:])
	}
	return []byte(string(utf16.Decode(units)))
}

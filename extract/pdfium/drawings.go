// What is on a page besides text: ruling lines and pictures.
package pdfium

import (
	"fmt"
	"math"

	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"

	"baocao/extract/layout"
)

const (
	// A ruling line is at most this thick and at least this long, in points.
	maxThick  = 3.0
	minLength = 6.0
	// Forms inside forms deeper than this are not followed.
	maxDepth = 12
)

// picture is one image on a page: where it is shown and its own pixels.
type picture struct {
	object         references.FPDF_PAGEOBJECT
	x0, y0, x1, y1 float64 // points, as shown
	pixelsX        int     // along the shown width
	pixelsY        int
	plain          bool // neither turned nor mirrored
}

// walker collects the drawings of one page.
type walker struct {
	doc      *Document
	space    space
	lines    []layout.Line
	pictures []picture
	shapes   int // painted paths and shadings
	letters  int // visible text objects
	objects  int
}

// drawings walks over all that page n draws.
func (d *Document) drawings(n int, s space) (*walker, error) {
	w := &walker{doc: d, space: s}
	count, err := d.instance.FPDFPage_CountObjects(&requests.FPDFPage_CountObjects{Page: d.page(n)})
	if err != nil {
		return nil, err
	}
	for i := range count.Count {
		object, err := d.instance.FPDFPage_GetObject(&requests.FPDFPage_GetObject{Page: d.page(n), Index: i})
		if err != nil {
			return nil, err
		}
		if err := w.visit(object.PageObject, identity, 0); err != nil {
			return nil, err
		}
	}
	return w, nil
}

func (w *walker) visit(object references.FPDF_PAGEOBJECT, outer matrix, depth int) error {
	if w.objects++; w.objects > maxObjects {
		return fmt.Errorf("over %d drawing objects", maxObjects)
	}
	kind, err := w.doc.instance.FPDFPageObj_GetType(&requests.FPDFPageObj_GetType{PageObject: object})
	if err != nil {
		return err
	}
	switch kind.Type {
	case enums.FPDF_PAGEOBJ_PATH:
		return w.path(object, outer)
	case enums.FPDF_PAGEOBJ_IMAGE:
		return w.image(object, outer)
	case enums.FPDF_PAGEOBJ_SHADING:
		w.shapes++
	case enums.FPDF_PAGEOBJ_TEXT:
		return w.text(object)
	case enums.FPDF_PAGEOBJ_FORM:
		if depth >= maxDepth {
			return nil
		}
		return w.form(object, outer, depth)
	}
	return nil
}

// text counts what a viewer would see: text recognition leaves its results on
// scanned pages as invisible text.
func (w *walker) text(object references.FPDF_PAGEOBJECT) error {
	mode, err := w.doc.instance.FPDFTextObj_GetTextRenderMode(&requests.FPDFTextObj_GetTextRenderMode{PageObject: object})
	if err != nil {
		return err
	}
	if mode.TextRenderMode != enums.FPDF_TEXTRENDERMODE_INVISIBLE && mode.TextRenderMode != enums.FPDF_TEXTRENDERMODE_CLIP {
		w.letters++
	}
	return nil
}

func (w *walker) form(object references.FPDF_PAGEOBJECT, outer matrix, depth int) error {
	m, err := w.matrix(object, outer)
	if err != nil {
		return err
	}
	count, err := w.doc.instance.FPDFFormObj_CountObjects(&requests.FPDFFormObj_CountObjects{PageObject: object})
	if err != nil {
		return err
	}
	for i := range count.Count {
		inner, err := w.doc.instance.FPDFFormObj_GetObject(&requests.FPDFFormObj_GetObject{PageObject: object, Index: uint64(i)})
		if err != nil {
			return err
		}
		if err := w.visit(inner.PageObject, m, depth+1); err != nil {
			return err
		}
	}
	return nil
}

func (w *walker) matrix(object references.FPDF_PAGEOBJECT, outer matrix) (matrix, error) {
	m, err := w.doc.instance.FPDFPageObj_GetMatrix(&requests.FPDFPageObj_GetMatrix{PageObject: object})
	if err != nil {
		return matrix{}, err
	}
	return fromPDFium(m.Matrix).then(outer), nil
}

// path keeps the straight level and upright pieces of a path: stroked segments,
// and filled boxes thin enough to be a line.
func (w *walker) path(object references.FPDF_PAGEOBJECT, outer matrix) error {
	mode, err := w.doc.instance.FPDFPath_GetDrawMode(&requests.FPDFPath_GetDrawMode{PageObject: object})
	if err != nil {
		return err
	}
	filled := mode.FillMode != enums.FPDF_FILLMODE_NONE
	if !filled && !mode.Stroke {
		return nil // a clipping path
	}
	w.shapes++
	m, err := w.matrix(object, outer)
	if err != nil {
		return err
	}
	count, err := w.doc.instance.FPDFPath_CountSegments(&requests.FPDFPath_CountSegments{PageObject: object})
	if err != nil {
		return err
	}
	var figure []point // the current figure, as shown
	flush := func() {
		if filled && !mode.Stroke {
			w.box(figure)
		} else {
			for i := 1; i < len(figure); i++ {
				w.segment(figure[i-1], figure[i])
			}
		}
		figure = figure[:0]
	}
	for i := range count.Count {
		if w.objects++; w.objects > maxObjects {
			return fmt.Errorf("over %d drawing objects", maxObjects)
		}
		segment, err := w.doc.instance.FPDFPath_GetPathSegment(&requests.FPDFPath_GetPathSegment{PageObject: object, Index: i})
		if err != nil {
			return err
		}
		kind, err := w.doc.instance.FPDFPathSegment_GetType(&requests.FPDFPathSegment_GetType{PathSegment: segment.PathSegment})
		if err != nil {
			return err
		}
		at, err := w.doc.instance.FPDFPathSegment_GetPoint(&requests.FPDFPathSegment_GetPoint{PathSegment: segment.PathSegment})
		if err != nil {
			return err
		}
		shut, err := w.doc.instance.FPDFPathSegment_GetClose(&requests.FPDFPathSegment_GetClose{PathSegment: segment.PathSegment})
		if err != nil {
			return err
		}
		x, y := w.space.show(m.apply(float64(at.X), float64(at.Y)))
		switch kind.Type {
		case enums.FPDF_SEGMENT_MOVETO:
			flush()
		case enums.FPDF_SEGMENT_BEZIERTO:
			flush() // curves are no ruling lines; start over at their end
		}
		figure = append(figure, point{x, y})
		if shut.IsClose {
			figure = append(figure, figure[0])
			flush()
		}
	}
	flush()
	return nil
}

type point struct{ x, y float64 }

// segment keeps a stroked segment that is level or upright.
func (w *walker) segment(a, b point) {
	w.keep(min(a.x, b.x), min(a.y, b.y), max(a.x, b.x), max(a.y, b.y))
}

// box keeps a filled figure whose bounds are thin.
func (w *walker) box(figure []point) {
	if len(figure) < 2 {
		return
	}
	x0, y0, x1, y1 := figure[0].x, figure[0].y, figure[0].x, figure[0].y
	for _, p := range figure[1:] {
		x0, y0, x1, y1 = min(x0, p.x), min(y0, p.y), max(x1, p.x), max(y1, p.y)
	}
	w.keep(x0, y0, x1, y1)
}

func (w *walker) keep(x0, y0, x1, y1 float64) {
	if !finite(x0, y0, x1, y1) {
		return
	}
	width, height := x1-x0, y1-y0
	if min(width, height) > maxThick || max(width, height) < minLength {
		return
	}
	w.lines = append(w.lines, layout.Line{X0: x0, Y0: y0, X1: x1, Y1: y1})
}

// image notes where a picture is shown: the unit square under its matrix.
func (w *walker) image(object references.FPDF_PAGEOBJECT, outer matrix) error {
	m, err := w.matrix(object, outer)
	if err != nil {
		return err
	}
	size, err := w.doc.instance.FPDFImageObj_GetImagePixelSize(&requests.FPDFImageObj_GetImagePixelSize{ImageObject: object})
	if err != nil {
		return nil // a broken picture does not spoil the page
	}
	ax, ay := m.apply(0, 0)
	bx, by := m.apply(1, 1)
	p := picture{object: object, pixelsX: int(size.Width), pixelsY: int(size.Height)}
	p.x0, p.y0, p.x1, p.y1 = w.space.showBox(ax, ay, bx, by)
	if !finite(p.x0, p.y0, p.x1, p.y1) {
		return nil
	}
	// Turned by a quarter, the picture's rows run up the page.
	sideways := math.Abs(m.b) > math.Abs(m.a)
	if w.space.turn == enums.FPDF_PAGE_ROTATION_90_CW || w.space.turn == enums.FPDF_PAGE_ROTATION_270_CW {
		sideways = !sideways
	}
	p.plain = w.space.turn == enums.FPDF_PAGE_ROTATION_NONE && m.a > 0 && m.d > 0 &&
		math.Abs(m.b) < 0.001*m.a && math.Abs(m.c) < 0.001*m.d
	if sideways {
		p.pixelsX, p.pixelsY = p.pixelsY, p.pixelsX
	}
	w.pictures = append(w.pictures, p)
	return nil
}

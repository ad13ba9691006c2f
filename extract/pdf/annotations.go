// What is laid over a page: filled form fields and texts typed onto it.

package pdf

import (
	"math"

	reader "github.com/ledongthuc/pdf"
)

// Bounds and flags of annotations.
const (
	maxAnnotations = 2000 // of one page
	flagHidden     = 1 << 1
	flagNoView     = 1 << 5
)

// annotations shows the form fields and typed texts of a page as they look.
// Signatures are left out: what a signing program writes into them is no part of
// the document.
func (in *interpreter) annotations(page reader.Value) error {
	list := page.Key("Annots")
	for i := range min(list.Len(), maxAnnotations) {
		a := list.Index(i)
		kind := a.Key("Subtype").Name()
		if kind != "Widget" && kind != "FreeText" || a.Key("F").Int64()&(flagHidden|flagNoView) != 0 || fieldType(a) == "Sig" {
			continue
		}
		look := a.Key("AP").Key("N")
		if look.Kind() == reader.Dict { // one for each state of a box to tick
			look = look.Key(a.Key("AS").Name())
		}
		to, ok := rectangle(a.Key("Rect"))
		if look.Kind() != reader.Stream || !ok {
			continue
		}
		saved := in.st
		in.st.ctm = fit(look, to).mul(in.st.ctm)
		err := in.form(look, page.Key("Resources"))
		in.st = saved
		if err != nil {
			return err
		}
	}
	return nil
}

// fieldType gives the type of the field that a widget shows, which it may inherit.
func fieldType(a reader.Value) string {
	for range 8 {
		if t := a.Key("FT").Name(); t != "" || a.Kind() != reader.Dict {
			return t
		}
		a = a.Key("Parent")
	}
	return ""
}

// fit maps the box of an appearance, turned by its matrix, to the rectangle of the
// annotation (ISO 32000-1, 12.5.5, algorithm 8.1).
func fit(look reader.Value, to [4]float64) matrix {
	box, ok := rectangle(look.Key("BBox"))
	if !ok {
		return matrix{1, 0, 0, 1, to[0], to[1]}
	}
	m := identity
	if v := look.Key("Matrix"); v.Len() == 6 {
		m = matrix{v.Index(0).Float64(), v.Index(1).Float64(), v.Index(2).Float64(), v.Index(3).Float64(), v.Index(4).Float64(), v.Index(5).Float64()}
	}
	left, bottom, right, top := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, corner := range [4][2]float64{{box[0], box[1]}, {box[0], box[3]}, {box[2], box[1]}, {box[2], box[3]}} {
		x, y := m.apply(corner[0], corner[1])
		left, right, bottom, top = min(left, x), max(right, x), min(bottom, y), max(top, y)
	}
	if !(right-left > 0.01 && top-bottom > 0.01) {
		return matrix{1, 0, 0, 1, to[0] - left, to[1] - bottom}
	}
	sx, sy := (to[2]-to[0])/(right-left), (to[3]-to[1])/(top-bottom)
	return matrix{sx, 0, 0, sy, to[0] - left*sx, to[1] - bottom*sy}
}

// From PDF user space (points, origin at the bottom left, page not rotated) to
// the page as it is shown (points, origin at the top left).
package pdfium

import (
	"errors"

	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/structs"
)

// space is the visible part of a page in user space and how it is turned.
type space struct {
	left, bottom, right, top float64
	turn                     enums.FPDF_PAGE_ROTATION // quarter turns clockwise
	width, height            float64                  // as shown
}

var errNoArea = errors.New("the page has no area")

func (d *Document) space(n int) (space, error) {
	box, err := d.instance.FPDF_GetPageBoundingBox(&requests.FPDF_GetPageBoundingBox{Page: d.page(n)})
	if err != nil {
		return space{}, err
	}
	rotation, err := d.instance.FPDFPage_GetRotation(&requests.FPDFPage_GetRotation{Page: d.page(n)})
	if err != nil {
		return space{}, err
	}
	s := space{
		left: float64(box.Rect.Left), bottom: float64(box.Rect.Bottom),
		right: float64(box.Rect.Right), top: float64(box.Rect.Top),
		turn: rotation.PageRotation,
	}
	s.width, s.height = s.right-s.left, s.top-s.bottom
	if s.turn == enums.FPDF_PAGE_ROTATION_90_CW || s.turn == enums.FPDF_PAGE_ROTATION_270_CW {
		s.width, s.height = s.height, s.width
	}
	// Not written as <= so that NaN is refused too.
	if !(s.width > 0 && s.height > 0) {
		return space{}, errNoArea
	}
	return s, nil
}

// show maps a point of user space to the page as shown.
func (s space) show(x, y float64) (float64, float64) {
	switch s.turn {
	case enums.FPDF_PAGE_ROTATION_90_CW:
		return y - s.bottom, x - s.left
	case enums.FPDF_PAGE_ROTATION_180_CW:
		return s.right - x, y - s.bottom
	case enums.FPDF_PAGE_ROTATION_270_CW:
		return s.top - y, s.right - x
	default:
		return x - s.left, s.top - y
	}
}

// showBox maps the box spanned by two corners, with x0 <= x1 and y0 <= y1.
func (s space) showBox(ax, ay, bx, by float64) (x0, y0, x1, y1 float64) {
	x0, y0 = s.show(ax, ay)
	x1, y1 = s.show(bx, by)
	return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
}

// matrix is an affine map: x' = a*x + c*y + e, y' = b*x + d*y + f.
type matrix struct{ a, b, c, d, e, f float64 }

var identity = matrix{a: 1, d: 1}

func fromPDFium(m structs.FPDF_FS_MATRIX) matrix {
	return matrix{float64(m.A), float64(m.B), float64(m.C), float64(m.D), float64(m.E), float64(m.F)}
}

func (m matrix) apply(x, y float64) (float64, float64) {
	return m.a*x + m.c*y + m.e, m.b*x + m.d*y + m.f
}

// then is m first, outer after it.
func (m matrix) then(outer matrix) matrix {
	return matrix{
		a: outer.a*m.a + outer.c*m.b,
		b: outer.b*m.a + outer.d*m.b,
		c: outer.a*m.c + outer.c*m.d,
		d: outer.b*m.c + outer.d*m.d,
		e: outer.a*m.e + outer.c*m.f + outer.e,
		f: outer.b*m.e + outer.d*m.f + outer.f,
	}
}

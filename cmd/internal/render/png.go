// This file draws pictures as PNG.

package render

import (
	"fmt"
	"io"
	"math"

	"git.sr.ht/~sbinet/gg"
	"github.com/go-fonts/liberation/liberationsansbold"
	"github.com/go-fonts/liberation/liberationsansregular"
	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
)

// pngScale is the number of pixels for a unit of a picture, so that print is
// sharp.
const pngScale = 2

// maxPixels bounds a picture; a taller one is refused rather than drawn for
// minutes.
const maxPixels = 100_000_000

// PNG draws a picture in the colours of paper. The font is built in: Liberation
// Sans has every Vietnamese letter.
func PNG(w io.Writer, p *Picture) error {
	wide, high := int(math.Ceil(p.w*pngScale)), int(math.Ceil(p.h*pngScale))
	if wide*high > maxPixels {
		return fmt.Errorf("write png: %d by %d pixels are too many; ask for fewer units, or for svg", wide, high)
	}
	faces := &faces{known: make(map[faceKey]font.Face)}
	dc := gg.NewContext(wide, high)
	dc.SetHexColor(light()["page"])
	dc.Clear()
	dc.SetLineCapRound()
	dc.SetLineJoinRound()
	for _, s := range p.shapes {
		dc.SetHexColor(light()[s.color])
		switch s.kind {
		case polyline:
			dc.SetLineWidth(s.w * pngScale)
			if s.dashed {
				dc.SetDash(5*pngScale, 4*pngScale)
			}
			for i, q := range s.pts {
				if i == 0 {
					dc.MoveTo(q.x*pngScale, q.y*pngScale)
				} else {
					dc.LineTo(q.x*pngScale, q.y*pngScale)
				}
			}
			dc.Stroke()
			dc.SetDash()
		case box:
			dc.DrawRectangle(s.pts[0].x*pngScale, s.pts[0].y*pngScale, s.w*pngScale, s.h*pngScale)
			dc.Fill()
		case dot:
			dc.DrawCircle(s.pts[0].x*pngScale, s.pts[0].y*pngScale, s.w*pngScale)
			dc.Fill()
		case label:
			face, err := faces.get(s.size*pngScale, s.bold)
			if err != nil {
				return fmt.Errorf("write png: %w", err)
			}
			dc.SetFontFace(face)
			dc.DrawStringAnchored(clean(s.text), s.pts[0].x*pngScale, s.pts[0].y*pngScale, map[string]float64{"start": 0, "middle": 0.5, "end": 1}[s.anchor], 0)
		}
	}
	if err := dc.EncodePNG(w); err != nil {
		return fmt.Errorf("write png: %w", err)
	}
	return nil
}

type faceKey struct {
	size float64
	bold bool
}

// faces are the sizes of the font that were needed so far.
type faces struct{ known map[faceKey]font.Face }

func (f *faces) get(size float64, bold bool) (font.Face, error) {
	k := faceKey{size, bold}
	if face, ok := f.known[k]; ok {
		return face, nil
	}
	parsed, err := opentype.Parse(fontData(bold))
	if err != nil {
		return nil, err
	}
	face, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingNone})
	if err == nil {
		f.known[k] = face
	}
	return face, err
}

func fontData(bold bool) []byte {
	if bold {
		return liberationsansbold.TTF
	}
	return liberationsansregular.TTF
}

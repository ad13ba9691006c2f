// This file writes pictures as SVG.

package render

import (
	"fmt"
	"html/template"
	"io"
	"strconv"
	"strings"
)

// SVG writes a picture as a file of its own, in the colours of paper.
func SVG(w io.Writer, p *Picture) error {
	var b strings.Builder
	b.WriteString("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
	p.svg(&b, "p", func(name string) string { return light()[name] })
	if _, err := io.WriteString(w, b.String()); err != nil {
		return fmt.Errorf("write svg: %w", err)
	}
	return nil
}

// inline is a picture inside a page; its colours follow the page's. The id must
// be its own on the page.
func (p *Picture) inline(id string) template.HTML {
	var b strings.Builder
	p.svg(&b, id, func(name string) string { return "var(--" + name + ")" })
	return template.HTML(b.String()) // every text in it was escaped by svg
}

func (p *Picture) svg(b *strings.Builder, id string, color func(string) string) {
	esc := func(s string) string { return template.HTMLEscapeString(clean(s)) }
	f := func(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }
	r := func(x float64) string { return f(float64(int(x*10+0.5)) / 10) }
	fmt.Fprintf(b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %s %s" width="%s" height="%s" role="img" aria-labelledby="%s-t %s-d" font-family="'Liberation Sans', Arial, Helvetica, sans-serif">`,
		r(p.w), r(p.h), r(p.w), r(p.h), id, id)
	fmt.Fprintf(b, "<title id=\"%s-t\">%s</title><desc id=\"%s-d\">%s</desc>\n", id, esc(p.Title), id, esc(p.Desc))
	fmt.Fprintf(b, "<rect width=\"%s\" height=\"%s\" fill=\"%s\"/>\n", r(p.w), r(p.h), color("page"))
	for _, s := range p.shapes {
		tip := "/>"
		end := func(tag string) string {
			if s.tip == "" {
				return tip
			}
			return "><title>" + esc(s.tip) + "</title></" + tag + ">"
		}
		switch s.kind {
		case polyline:
			var pts []string
			for _, q := range s.pts {
				pts = append(pts, r(q.x)+","+r(q.y))
			}
			dash := ""
			if s.dashed {
				dash = ` stroke-dasharray="5 4"`
			}
			fmt.Fprintf(b, `<polyline points="%s" fill="none" stroke="%s" stroke-width="%s" stroke-linejoin="round" stroke-linecap="round"%s%s`,
				strings.Join(pts, " "), color(s.color), f(s.w), dash, end("polyline"))
		case box:
			fmt.Fprintf(b, `<rect x="%s" y="%s" width="%s" height="%s" fill="%s"%s`, r(s.pts[0].x), r(s.pts[0].y), r(s.w), r(s.h), color(s.color), end("rect"))
		case dot:
			fmt.Fprintf(b, `<circle cx="%s" cy="%s" r="%s" fill="%s"%s`, r(s.pts[0].x), r(s.pts[0].y), f(s.w), color(s.color), end("circle"))
		case label:
			weight := ""
			if s.bold {
				weight = ` font-weight="bold"`
			}
			fmt.Fprintf(b, `<text x="%s" y="%s" font-size="%s" text-anchor="%s" fill="%s"%s>%s</text>`,
				r(s.pts[0].x), r(s.pts[0].y), f(s.size), s.anchor, color(s.color), weight, esc(s.text))
		}
		b.WriteString("\n")
	}
	b.WriteString("</svg>\n")
}

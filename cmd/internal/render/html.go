// This file writes pages: one file each, without network and without scripts.

package render

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"
)

//go:embed page.html
var pageHTML string

// Page is a report of sections.
type Page struct {
	Title    string
	Intro    []string // paragraphs under the title
	Sections []Section
}

// Section is a part of a page with a heading: paragraphs, then pictures, then
// tables.
type Section struct {
	Title    string
	Intro    []string
	Cards    []Card
	Pictures []*Picture
	Small    []*Picture // beside each other, each under its title
	Tables   []Table
	Folded   bool // the tables are shown on demand
	Items    []Item
}

// Card is one number that is shown large.
type Card struct {
	Name string
	Cell Cell
}

// Item is an entry of a list of findings.
type Item struct {
	Title, Badge, Tone string // tone: error, warning, or ""
	Text               []string
	Quotes             []Quote
}

// Quote is a sentence of a document with its place.
type Quote struct{ Text, Place string }

// HTML writes a page in one file: tables with captions and headings, charts as
// SVG in it, colours for light and dark screens and for paper.
func HTML(w io.Writer, page Page, lang Language) error {
	v := view{Page: page, Lang: lang, CSS: template.CSS(variables()), Say: words(lang)}
	pictures, notes := 0, 0
	for i, s := range page.Sections {
		sv := sectionView{Section: s, ID: fmt.Sprint("s", i+1)}
		for _, c := range s.Cards {
			sv.CardTexts = append(sv.CardTexts, bare(c.Cell, lang))
		}
		for _, p := range s.Pictures {
			pictures++
			sv.SVG = append(sv.SVG, p.inline(fmt.Sprint("p", pictures)))
		}
		for _, p := range s.Small {
			pictures++
			sv.SmallSVG = append(sv.SmallSVG, smallView{clean(p.Title), p.inline(fmt.Sprint("p", pictures))})
		}
		for k := range s.Tables {
			t := &s.Tables[k]
			if err := t.check(); err != nil {
				return err
			}
			tv := t.view(lang, &notes)
			switch c := t.LineChart(lang); {
			case c == nil:
			case len(c.Lines) > small:
				for _, p := range c.Smalls() {
					pictures++
					tv.Small = append(tv.Small, smallView{clean(p.Title), p.inline(fmt.Sprint("p", pictures))})
				}
			default:
				pictures++
				tv.Chart = c.Draw().inline(fmt.Sprint("p", pictures))
			}
			sv.TableViews = append(sv.TableViews, tv)
		}
		v.Sections = append(v.Sections, sv)
	}
	page1, err := template.New("page").Parse(pageHTML)
	if err != nil {
		return fmt.Errorf("write html: %w", err)
	}
	if err := page1.Execute(w, v); err != nil {
		return fmt.Errorf("write html: %w", err)
	}
	return nil
}

// HTMLTables writes tables as a page.
func HTMLTables(w io.Writer, tables []Table, lang Language) error {
	page := Page{Title: "baocao"}
	for i, t := range tables {
		title, _, _ := strings.Cut(t.Title, "\n")
		if title == "" {
			title = t.Name
		}
		if i == 0 {
			page.Title = title
		}
		page.Sections = append(page.Sections, Section{Title: title, Tables: []Table{t}})
	}
	return HTML(w, page, lang)
}

type view struct {
	Page
	Sections []sectionView
	Lang     Language
	CSS      template.CSS
	Say      map[string]string
}

type sectionView struct {
	Section
	ID         string
	CardTexts  []string
	SVG        []template.HTML
	SmallSVG   []smallView
	TableViews []tableView
}

type smallView struct {
	Title string
	SVG   template.HTML
}

type tableView struct {
	Caption string
	Header  []headView
	Rows    []rowView
	Legend  []string
	Notes   []noteView
	Empty   string
	Span    int
	Chart   template.HTML
	Small   []smallView
}

type headView struct {
	Text  string
	Right bool
}

type rowView struct {
	Group, Total bool
	Cells        []cellView
}

type cellView struct {
	Text, Aside, Class string
	Head, Right        bool
	Note               int // number of the remark; 0: none
}

type noteView struct {
	Number int
	Text   string
}

// view writes every cell out. Remarks are numbered through the page.
func (t *Table) view(lang Language, notes *int) tableView {
	v := tableView{Caption: clean(t.Title), Empty: t.Empty, Span: len(t.Columns)}
	if v.Caption == "" {
		v.Caption = t.Name
	}
	for _, c := range t.Columns {
		v.Header = append(v.Header, headView{clean(c.Title), c.Right})
	}
	for _, r := range t.Rows {
		row := rowView{Group: r.Kind == RowGroup, Total: r.Kind == RowTotal}
		for c, cell := range r.Cells {
			own := cell
			own.Aside = nil
			whole := clean(t.show(cell, lang))
			text := clean(t.show(own, lang))
			cv := cellView{Text: text, Aside: strings.TrimPrefix(whole, text), Head: c < t.pinned(), Right: t.Columns[c].Right, Class: cell.Tone}
			if cell.Note != "" {
				*notes++
				cv.Note = *notes
				v.Notes = append(v.Notes, noteView{*notes, clean(cell.Note)})
			}
			row.Cells = append(row.Cells, cv)
		}
		v.Rows = append(v.Rows, row)
	}
	v.Legend = t.below(lang, 0)
	return v
}

// variables are the palettes as CSS.
func variables() string {
	block := func(p palette) string {
		var names []string
		for n := range p {
			names = append(names, n)
		}
		slices.Sort(names)
		var b strings.Builder
		for _, n := range names {
			fmt.Fprintf(&b, "--%s:%s;", n, p[n])
		}
		return b.String()
	}
	return ":root{color-scheme:light dark;" + block(light()) + "}\n@media screen and (prefers-color-scheme:dark){:root{" + block(dark()) + "}}"
}

// words are the page's own words.
func words(lang Language) map[string]string {
	if lang == English {
		return map[string]string{"contents": "Contents", "tables": "Show the table", "skip": "To the content", "scroll": "scrolls sideways", "scales": "Each chart has its own scale.", "remarks": "Remarks", "back": "back to the cell"}
	}
	return map[string]string{"contents": "Mục lục", "tables": "Xem bảng số liệu", "skip": "Đến nội dung", "scroll": "cuộn ngang được", "scales": "Mỗi hình có thang riêng.", "remarks": "Ghi chú", "back": "về ô số liệu"}
}

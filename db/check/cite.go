// This file says where what a finding compares is printed: page, line and the
// words around it, for figures, dates, headings and whole reports alike.

package check

import (
	"slices"
	"strings"
)

// cite gives the places of a value; those inside ctx come first, and three are
// enough to find it.
func (f *facts) cite(v *value, ctx int32) []Cited {
	ps := slices.Clone(v.places)
	slices.SortStableFunc(ps, func(a, b place) int {
		in := func(p place) int {
			if p.ctx == ctx {
				return 0
			}
			return 1
		}
		return in(a) - in(b)
	})
	base := Cited{Indicator: v.fig.Indicator, Field: v.fig.Field, Value: v.fig.Value}
	if len(ps) == 0 {
		return []Cited{base}
	}
	var out []Cited
	for i, p := range ps {
		if i == 3 {
			break
		}
		c := base
		c.Page, c.Line, c.Start, c.End, c.Snippet, c.Rule = p.m.Page, p.m.Line, p.m.Start, p.m.End, p.m.Snippet, p.m.Rule
		out = append(out, c)
	}
	return out
}

// citeTerm cites a bound term, with file and period if it is in another report.
func (f *facts) citeTerm(t bterm, ctx int32) []Cited {
	if !t.far {
		return f.cite(t.val, ctx)[:1]
	}
	cs := f.prev.cite(t.val, noCtx)[:1]
	for i := range cs {
		cs[i] = f.prev.rep.from(cs[i])
	}
	return cs
}

// citeSpan cites a stretch of the report's text.
func (r *Report) citeSpan(start, end int) Cited {
	c := Cited{Start: start, End: end}
	if start < 0 || end > len(r.Text) || start > end {
		return c
	}
	c.Value = strings.Join(strings.Fields(r.Text[start:end]), " ")
	c.Snippet = clause(r.Text, start, end)
	c.Line = 1 + strings.Count(r.Text[:start], "\n")
	if c.Page = r.PageAt(start); c.Page == 0 {
		c.Page = r.pageBefore(start)
	}
	return c
}

// pageBefore takes the page from the nearest figure before, for a report whose
// pages are not known otherwise.
func (r *Report) pageBefore(at int) (page int) {
	best := -1
	for i := range r.Figures {
		for j := range r.Figures[i].Mentions {
			if m := &r.Figures[i].Mentions[j]; m.Start <= at && m.Start > best {
				best, page = m.Start, m.Page
			}
		}
	}
	return page
}

// from marks a place as one of this report in a finding about another.
func (r *Report) from(c Cited) Cited {
	c.File, c.Period = r.File, r.Period
	return c
}

// citeTitle cites the line in which a report says what it is: that is what stands
// for a report as a whole.
func (r *Report) citeTitle() Cited {
	first := -1
	for at := 0; at < len(r.Text); {
		end := at + len(r.Text[at:])
		if i := strings.IndexByte(r.Text[at:], '\n'); i >= 0 {
			end = at + i
		}
		line := strings.TrimSpace(r.Text[at:end])
		if line != "" && first < 0 {
			first = at
		}
		if strings.HasPrefix(strings.ToUpper(line), "BÁO CÁO") {
			return r.citeSpan(at, end)
		}
		at = end + 1
	}
	if first < 0 {
		return Cited{}
	}
	end := len(r.Text)
	if i := strings.IndexByte(r.Text[first:], '\n'); i >= 0 {
		end = first + i
	}
	return r.citeSpan(first, end)
}

// citeText cites the first place of some words, the title where they are not
// printed as they are.
func (r *Report) citeText(words string) Cited {
	if i := strings.Index(r.Text, words); i >= 0 && words != "" {
		return r.citeSpan(i, i+len(words))
	}
	return r.citeTitle()
}

// clause gives the words around a place, as far as the sentence goes.
func clause(text string, start, end int) string {
	from, to := max(0, start-120), min(len(text), end+120)
	if i := strings.LastIndexAny(text[from:start], ".;\n"); i >= 0 {
		from += i + 1
	} else if i := strings.IndexByte(text[from:start], ' '); from > 0 && i >= 0 {
		from += i
	}
	if i := strings.IndexAny(text[end:to], ";\n"); i >= 0 {
		to = end + i
	} else if i := strings.LastIndexByte(text[end:to], ' '); to < len(text) && i >= 0 {
		to = end + i
	}
	return strings.ToValidUTF8(strings.Join(strings.Fields(text[from:to]), " "), "")
}

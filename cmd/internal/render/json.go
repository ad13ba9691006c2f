// This file writes tables as JSON.

package render

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
)

// JSON writes an array with one object a line: the fields of the table, then the
// columns by their keys. Keys are the same in every language. Numbers are
// strings that hold the exact decimal, counts are numbers, what is missing is
// null; where values contradict each other the value is null and KEY_either lists
// them. "marks" names the marks of the row's cells by key, "footnotes" has the sentences about them. "row" says "total"
// in a row of sums; "group" is the heading a row stands under.
func JSON(w io.Writer, tables []Table) error {
	first := true
	for _, t := range tables {
		if err := t.check(); err != nil {
			return err
		}
		group, grouped := "", t.grouped()
		for _, r := range t.Rows {
			if r.Kind == RowGroup {
				group = r.cell(0).Value
				continue
			}
			for _, o := range t.objects(r, group, grouped) {
				lead := ",\n"
				if first {
					lead, first = "[\n", false
				}
				if _, err := io.WriteString(w, lead+o.String()); err != nil {
					return fmt.Errorf("write json: %w", err)
				}
			}
		}
	}
	tail := "\n]\n"
	if first {
		tail = "[]\n"
	}
	if _, err := io.WriteString(w, tail); err != nil {
		return fmt.Errorf("write json: %w", err)
	}
	return nil
}

// object is a JSON object in the making; keys keep their order.
type object struct {
	bytes.Buffer
	marks, footnotes []string
}

func (o *object) put(key string, value any) {
	text := new(bytes.Buffer)
	e := json.NewEncoder(text)
	e.SetEscapeHTML(false)
	_ = e.Encode(value) // strings, numbers and lists of them cannot fail
	lead := ", "
	if o.Len() == 0 {
		lead = "{"
	}
	fmt.Fprintf(o, "%s%q: %s", lead, key, bytes.TrimSpace(text.Bytes()))
}

// cell puts a cell with its asides and remembers its marks.
func (o *object) cell(key string, c Cell) {
	switch c.Kind {
	case KindMissing:
		o.put(key, nil)
	case KindCount:
		o.put(key, json.Number(c.Value))
	case KindEither: // there is no one value
		o.put(key, nil)
		o.put(key+"_either", c.values())
	default:
		o.put(key, c.Value)
	}
	for _, a := range c.Aside {
		o.cell(a.Key, a.Cell)
	}
	for _, m := range c.Marks {
		o.marks = append(o.marks, key+":"+m)
	}
	o.footnotes = append(o.footnotes, c.Footnotes...)
}

// objects makes the objects of a row: one, or one for each value of the
// dimension its columns run over.
func (t *Table) objects(r Row, group string, grouped bool) []*object {
	start := func() *object {
		o := new(object)
		for _, f := range t.Fields {
			o.cell(f.Key, f.Cell)
		}
		if r.Kind == RowTotal {
			o.put("row", "total")
		}
		if grouped {
			o.put("group", group)
		}
		for i, c := range t.Columns {
			if c.Dim == "" {
				o.cell(c.Key, r.Cells[i])
			}
		}
		return o
	}
	var out []*object
	seen := make(map[[2]string]*object)
	for i, c := range t.Columns {
		if c.Dim == "" {
			continue
		}
		k := [2]string{c.Dim, c.At}
		o := seen[k]
		if o == nil {
			o = start()
			o.put(c.Dim, c.At)
			seen[k] = o
			out = append(out, o)
		}
		o.cell(c.Key, r.Cells[i])
	}
	if out == nil {
		out = []*object{start()}
	}
	for _, o := range out {
		if len(t.Marks) > 0 {
			o.put("marks", append([]string{}, o.marks...))
		}
		if len(o.footnotes) > 0 {
			o.put("footnotes", o.footnotes)
		}
		o.WriteString("}")
	}
	return out
}

// What a file holds beside its pages and nobody reads here: it is named, so that
// it is not lost without a word.

package pdf

import (
	"fmt"
	"strings"

	reader "github.com/ledongthuc/pdf"
)

// maxAttached bounds the attached files that are named.
const maxAttached = 20

// unshown names attached files, and forms whose content is not in the pages.
func unshown(file *reader.Reader) (notes []string) {
	defer func() {
		// The package panics on objects it cannot make sense of; the pages count.
		if x := recover(); x != nil {
			notes = nil
		}
	}()
	root := file.Trailer().Key("Root")
	var names []string
	var visit func(node reader.Value, depth int)
	visit = func(node reader.Value, depth int) {
		list := node.Key("Names")
		for i := 0; i+1 < list.Len() && len(names) < maxAttached; i += 2 {
			file := list.Index(i + 1)
			name := file.Key("UF").Text()
			if name == "" {
				name = file.Key("F").Text()
			}
			names = append(names, strings.ToValidUTF8(name, "?"))
		}
		kids := node.Key("Kids")
		for i := 0; i < min(kids.Len(), maxAttached) && depth < maxDepth; i++ {
			visit(kids.Index(i), depth+1)
		}
	}
	visit(root.Key("Names").Key("EmbeddedFiles"), 0)
	if len(names) > 0 {
		notes = append(notes, fmt.Sprintf("attached files were not read, save and import them by themselves: %s", strings.Join(names, ", ")))
	}
	if form := root.Key("AcroForm"); !form.Key("XFA").IsNull() && root.Key("NeedsRendering").Bool() {
		notes = append(notes, "a form (XFA) that only Adobe Reader shows: open it there and print it to a new PDF file")
	}
	return notes
}

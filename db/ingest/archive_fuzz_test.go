// Any bytes as an archive: what its files are called and hold, within bounds.
package ingest

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"
)

func FuzzArchive(f *testing.F) {
	inner := zipOf(f, map[string]string{"a/b.docx": "letter", "c.txt": "x"})
	f.Add(inner)
	f.Add(zipOf(f, map[string]string{"inner.zip": string(inner), "../up": "y", "": "z"}))
	f.Add(zipOf(f, nil))
	f.Add(zipOf(f, map[string]string{"[Content_Types].xml": "", "word/document.xml": strings.Repeat("0", 2000)}))
	f.Fuzz(func(t *testing.T, data []byte) {
		if !isArchive(bytes.NewReader(data), int64(len(data))) {
			return
		}
		z, err := openZip(bytes.NewReader(data), int64(len(data)))
		if err != nil || isPackage(z) {
			return
		}
		for _, m := range z.File {
			name, err := memberName(m)
			if !utf8.ValidString(name) {
				t.Errorf("name %q is no text", name)
			}
			if err == nil && (name == "" || strings.HasPrefix(name, "/") || strings.Contains("/"+name+"/", "/../")) {
				t.Errorf("name %q is let through", name)
			}
			size := int64(min(m.UncompressedSize64, 1<<20))
			content, err := readMember(m, size)
			if err == nil && int64(len(content)) != size {
				t.Errorf("%q has %d bytes, not %d", name, len(content), size)
			}
		}
	})
}

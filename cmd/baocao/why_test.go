package main

import (
	"strings"
	"testing"
)

func TestReadWhy(t *testing.T) {
	for _, c := range []struct {
		file  string
		lines int
		want  string
	}{
		{"../../testdata/documents/lo.pdf", 8, "trang 8: lớp chữ của PDF (pdf); văn bản dùng được ("},
		{"../../testdata/documents/base.docx", 1, "cả tệp: tệp Word (docx); văn bản dùng được ("},
	} {
		code, out, errOut := baocao(t, "read", "--why", c.file)
		if code != exitFine {
			t.Fatalf("exit %d: %s", code, errOut)
		}
		if strings.Count(out, "\n") != c.lines || !strings.Contains(out, c.want) {
			t.Errorf("%s: %s", c.file, out)
		}
	}
}

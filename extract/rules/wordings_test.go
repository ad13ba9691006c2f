package rules

import (
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"
)

// headings are the chapters that the sentences of testdata/wordings stand in.
var headings = map[string]string{
	"dir":   "1. Công tác chỉ đạo, điều hành",
	"legal": "2. Cải cách thể chế",
	"proc":  "3. Cải cách thủ tục hành chính",
	"org":   "4. Cải cách tổ chức bộ máy",
	"svc":   "5. Cải cách chế độ công vụ",
	"fin":   "6. Cải cách tài chính công",
	"dig":   "7. Xây dựng chính quyền điện tử, chính quyền số",
	"ass":   "II. Đánh giá chung",
}

// TestWordings reads single sentences in the words of many offices: each must give
// exactly the figures listed beside it.
func TestWordings(t *testing.T) {
	set, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("testdata/wordings/*.tsv")
	if err != nil || len(files) == 0 {
		t.Fatalf("no wordings: %v", err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for n, line := range strings.Split(strings.TrimRight(string(data), "\n"), "\n") {
			if strings.HasPrefix(line, "#") {
				continue
			}
			c := strings.Split(line, "\t")
			if len(c) != 3 || headings[c[0]] == "" {
				t.Fatalf("%s:%d: want chapter, sentence and figures, parted by tabs", file, n+1)
			}
			var want []string
			for _, w := range strings.Split(c[2], ";") {
				if w = strings.TrimSpace(w); w != "" {
					want = append(want, w)
				}
			}
			sort.Strings(want)
			got := figuresOf(set, headings[c[0]], c[1])
			if a, b := strings.Join(want, "; "), strings.Join(got, "; "); a != b {
				t.Errorf("%s:%d: %s\n  want %s\n  read %s", filepath.Base(file), n+1, c[1], a, b)
			}
		}
	}
}

// figuresOf reads one sentence under a heading: "dossiers.received@land#ytd=12".
func figuresOf(set *Set, heading, text string) []string {
	seen := map[string]bool{}
	for _, f := range set.Extract(exampleDocument(Example{Context: heading, Text: text})).Figures {
		key := f.Indicator
		if f.Field != "" {
			key += "@" + f.Field
		}
		if f.Span != Period {
			key += "#" + string(f.Span)
		}
		seen[key+"="+f.Value] = true
	}
	var out []string
	for k := range seen {
		out = append(out, k)
	}
	sort.Strings(out)
	return out
}

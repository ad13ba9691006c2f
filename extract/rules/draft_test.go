// This file tests that drafts of rules load and do what their examples say.

package rules

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"baocao/extract/document"
)

// devDocuments reads the reports that rules are written with.
func devDocuments(t *testing.T) map[string]*document.Document {
	t.Helper()
	files, err := filepath.Glob("../../testdata/offices/dev/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no texts: %v", err)
	}
	out := map[string]*document.Document{}
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		out[filepath.Base(f)] = exampleDocument(Example{Text: strings.TrimRight(string(data), "\n")})
	}
	return out
}

func TestCoverage(t *testing.T) {
	set := defaultSet(t)
	c := NewCoverage(set)
	const first = "Trong tháng bộ phận một cửa đã đón 120 vị khách quý ghé thăm phường Tứ Kỳ, tiếp nhận 45 hồ sơ."
	c.Add("a.txt", "Xã A", exampleDocument(Example{Text: first}))
	c.Add("b.txt", "Xã B", exampleDocument(Example{Text: "Quý này bộ phận một cửa được đón 1.250 vị khách quý ghé thăm phường Quang Khải ngày 05/6/2023."}))
	c.Add("c.txt", "Xã B", exampleDocument(Example{Text: "Nội dung\tĐơn vị\tSố lượng\nSố lần gặp gỡ vui vẻ\tlần\t77"}))
	list := c.Wordings()
	if len(list) < 2 || c.Reports != 3 {
		t.Fatalf("%d wordings of %d reports: %+v", len(list), c.Reports, list)
	}
	w := list[0]
	if w.Reports != 2 || w.Units != 2 || w.Count != 2 || !strings.Contains(w.Text, "# vị khách quý") || w.Example.File != "a.txt" || w.Example.Line != 1 || w.Example.Sentence != first {
		t.Errorf("the first wording is %+v", w)
	}
	if text := first[w.Example.Start:w.Example.End]; text != "120" || w.Example.Text != text {
		t.Errorf("it points at %q", text)
	}
	table := list[len(list)-1]
	if !table.Table || !strings.HasPrefix(table.Text, "Số lần gặp gỡ vui vẻ | ") || !strings.HasPrefix(table.Example.Sentence, "Nội dung\tĐơn vị\tSố lượng\n") {
		t.Errorf("of the table: %+v", table)
	}
	total := 0
	for _, n := range c.Numbers {
		total += n
	}
	if total != 5 || c.Numbers[Unexplained] != 3 {
		t.Errorf("%d numbers, %d unexplained", total, c.Numbers[Unexplained])
	}
}

// A draft of a wording reads the number it was found at and leaves the text it must
// not match.
func TestDraft(t *testing.T) {
	set := defaultSet(t)
	c := NewCoverage(set)
	for name, doc := range devDocuments(t) {
		c.Add(name, name, doc)
	}
	c.Add("z.txt", "Xã A", exampleDocument(Example{Text: "Đã đón 120 vị khách quý ghé thăm; bàn giao 12 chiếc ghế xoay.\nNội dung\tĐơn vị\tSố lượng\nSố lần gặp gỡ vui vẻ\tlần\t77"}))
	all := c.Wordings()
	var mine, others []Wording
	for _, w := range all {
		switch {
		case w.Example.File == "z.txt":
			mine = append(mine, w)
		case len(others) < 15 && w.draftable():
			others = append(others, w)
		}
	}
	if len(mine) < 2 || len(others) < 10 {
		t.Fatalf("%d wordings of the test, %d of the reports", len(mine), len(others))
	}
	for _, list := range [][]Wording{mine, others} {
		text, err := DraftFile(set, list, all)
		if err != nil {
			t.Fatal(err)
		}
		loaded, err := LoadWith(Source{FS: fstest.MapFS{"x.yaml": {Data: []byte(text)}}, Dir: ".", Name: "user"})
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		drafts, passed := 0, 0
		for _, r := range loaded.Rules() {
			if r.File != "user/x.yaml" {
				continue
			}
			drafts++
			problems := ""
			for _, e := range r.Examples {
				problems += loaded.checkExample(r, e)
			}
			if problems == "" {
				passed++
			} else if len(list) == len(mine) {
				t.Errorf("%s: %s\n%s", r.ID, problems, text)
			}
		}
		if drafts != len(list) || passed*2 < drafts {
			t.Errorf("%d wordings, %d drafts, of %d the examples come out", len(list), drafts, passed)
		}
		t.Logf("%d drafts, %d do what their examples say", drafts, passed)
	}
	if _, err := DraftFile(set, []Wording{{Text: "#"}}, all); !errors.Is(err, ErrNoDraft) {
		t.Errorf("of a number alone: %v", err)
	}
}

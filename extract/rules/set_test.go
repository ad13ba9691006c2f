// This file runs the built-in rules' own examples.

package rules

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"baocao/normalize/vntext"
)

// TestPrefilterLosesNothing compares the matches with keyword prefilter and
// with every expression tried on every paragraph.
func TestPrefilterLosesNothing(t *testing.T) {
	set := defaultSet(t)
	all := *set.match
	all.noFilter = true
	files, err := filepath.Glob("../../testdata/synth/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no texts: %v", err)
	}
	dev, err := filepath.Glob("../../testdata/offices/dev/*.txt")
	if err != nil || len(dev) == 0 {
		t.Fatalf("no texts: %v", err)
	}
	matches := 0
	for _, f := range append(files, dev...) {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range strings.Split(string(data), "\n") {
			key := vntext.Key(line)
			got, want := set.match.find(key), all.find(key)
			matches += len(want)
			if !reflect.DeepEqual(got, want) {
				t.Errorf("%s: the prefilter changes the matches in %q", f, line)
			}
		}
	}
	if matches < 1000 {
		t.Errorf("only %d matches", matches)
	}
}

// TestFaults gives one mistake a file and wants its place and remedy.
func TestFaults(t *testing.T) {
	const good = "examples: [{text: x, want: {dossiers.received: \"1\"}}, {text: y, want: none}]"
	for name, c := range map[string]struct{ yaml, want string }{
		"unknown key":       {"rules:\n  - id: a\n    wen: {obj: dossier}\n", `u/x.yaml:3:5: rule a: unknown key "wen"`},
		"repeated key":      {"rules:\n  - id: a\n    id: b\n", `key "id" is repeated`},
		"unknown slot":      {"rules:\n  - id: a\n    when: {objj: dossier}\n    count: dossiers.received\n    " + good, `unknown slot "objj" (did you mean "obj"?)`},
		"unknown value":     {"rules:\n  - id: a\n    when: {obj: dosier}\n    count: dossiers.received\n    " + good, `no concept sets obj to "dosier" (did you mean "dossier"?)`},
		"unknown indicator": {"rules:\n  - id: a\n    when: {obj: dossier}\n    count: dossiers.recieved\n    " + good, `did you mean "dossiers.received"?`},
		"no negative":       {"rules:\n  - id: a\n    when: {obj: dossier}\n    count: dossiers.received\n    examples: [{text: x, want: {dossiers.received: \"1\"}}]", "no example that must not match"},
		"word edge":         {"concepts:\n  - set: {obj: dossier}\n    patterns: ['\\bhồ sơ']\n", `u/x.yaml:3:16: pattern: \b is not allowed`},
		"bad expression":    {"concepts:\n  - set: {obj: dossier}\n    patterns: ['hồ sơ(']\n", "u/x.yaml:3:16: pattern: missing closing )"},
		"unknown macro":     {"concepts:\n  - set: {obj: dossier}\n    patterns: ['{hss}']\n", "unknown macro {hss}"},
		"not YAML":          {"rules: [\n", "check indentation"},
	} {
		_, err := LoadWith(Source{FS: fstest.MapFS{"x.yaml": {Data: []byte(c.yaml)}}, Dir: ".", Name: "u"})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %s", name, err, c.want)
		}
	}
}

// TestSameResultTwice checks that a run can be repeated, and that every span lies
// in the text.
func TestSameResultTwice(t *testing.T) {
	set := defaultSet(t)
	doc := exampleDocument(Example{Text: "Đã tiếp nhận 239 hồ sơ, trong đó trực tuyến 200 hồ sơ; không có hồ sơ trễ hẹn.\nHộ tịch 41/41 hồ sơ (đạt 100%)."})
	a, b := set.Extract(doc), set.Extract(doc)
	if !reflect.DeepEqual(a, b) {
		t.Error("two runs differ")
	}
	for _, f := range a.Figures {
		if f.Start < 0 || f.End > len(doc.Text) || f.Start >= f.End {
			t.Errorf("%s: span %d..%d is outside the text", f.Indicator, f.Start, f.End)
		}
	}
	if len(a.Figures) < 5 {
		t.Errorf("%d figures", len(a.Figures))
	}
}

func TestHashWithoutLoading(t *testing.T) {
	own := Source{FS: fstest.MapFS{"own.yaml": {Data: []byte("macros: {mine: 'xã'}\n")}}, Dir: ".", Name: "own"}
	plain, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	with, err := LoadWith(own)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		set  *Set
		user []Source
	}{{plain, nil}, {with, []Source{own}}} {
		if got, err := HashOf(c.user...); err != nil || got != c.set.Hash() {
			t.Errorf("got %s, %v, want %s", got, err, c.set.Hash())
		}
	}
	if plain.Hash() == with.Hash() {
		t.Error("rules of one's own change nothing in the hash")
	}
}

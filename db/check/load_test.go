// This file tests the faults of edits, edits of one's own, and what is refused.

package check

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"baocao/extract/rules"
)

// good is an edit without fault, in pieces that cases replace.
const good = `- id: a-balance
  kind: sum
  title: {vi: "Không khớp", en: "Does not add up"}
  left: staff.officials + staff.civil_servants
  op: "="
  right: staff.total
  pass: [{staff.officials: 10, staff.civil_servants: 10, staff.total: 20}]
  fail: [{staff.officials: 10, staff.civil_servants: 11, staff.total: 20, gap: 1}]
`

func TestLoadFaults(t *testing.T) {
	for _, c := range []struct{ name, from, to, want string }{
		{"unknown key", "kind: sum", "kind: sum\n  sevrity: error", `x.yaml:3:3: rule a-balance: unknown key "sevrity" in an edit (did you mean "severity"?)`},
		{"repeated key", "kind: sum", "kind: sum\n  kind: sum", `x.yaml:3:3: rule a-balance: key "kind" is repeated`},
		{"unknown kind", "kind: sum", "kind: summ", `x.yaml:2:9: rule a-balance: unknown kind "summ" (did you mean "sum"?)`},
		{"unknown indicator", "right: staff.total", "right: staff.totl", `x.yaml:6:10: rule a-balance: unknown indicator "staff.totl" (did you mean "staff.total"?)`},
		{"place inside", "left: staff.officials + staff.civil_servants", "left: staff.officials + staff.civil", `x.yaml:4:27: rule a-balance: unknown indicator "staff.civil"`},
		{"broken expression", "right: staff.total", "right: staff.total *", "x.yaml:6:"},
		{"unknown operator", `op: "="`, `op: "=="`, `x.yaml:5:7: rule a-balance: unknown operator`},
		{"no title", `  title: {vi: "Không khớp", en: "Does not add up"}` + "\n", "", "title in Vietnamese and in English is missing"},
		{"no failing fixture", "  fail: [{staff.officials: 10, staff.civil_servants: 11, staff.total: 20, gap: 1}]\n", "", "a fixture that passes and one that fails are required"},
		{"value no number", "staff.total: 20}]", "staff.total: twenty}]", `value "twenty" is no number`},
		{"unknown figure in a fixture", "staff.total: 20}]", "staff.all: 20}]", `unknown indicator "staff.all" in a fixture`},
		{"never fails", "left: staff.officials + staff.civil_servants", "left: staff.total", "both sides are the same"},
		{"never holds", "right: staff.total", `right: "-5"`, "edit can never hold"},
		{"no operator", "  op: \"=\"\n", "", "op is missing"},
		{"nothing required", "left: staff.officials + staff.civil_servants\n  op: \"=\"\n  right: staff.total", "left: staff.officials?\n  op: \"=\"\n  right: staff.total~", "edit has no required indicator"},
		{"bad id", "id: a-balance", "id: A balance", "may hold only a-z, 0-9 and -"},
		{"two ids", good, good + good, "id is repeated"},
		{"no list", good, "id: x\n", "file must be a list of edits"},
		{"empty", good, "", "file holds no edit"},
		{"no YAML", good, "- id: [\n", "x.yaml:"},
		{"not NFC", "Không khớp", "Kho\u0302ng khớp", "not in Unicode form NFC"},
		{"share of a count", good, strings.NewReplacer("left: staff.officials + staff.civil_servants", "share: staff.total", `op: "="`, "of: staff.officials", "right: staff.total", "base: staff.total").Replace(good), "share must be a percentage"},
		{"huge constant", "right: staff.total", "right: staff.total + 9000000000000000", "is too large"},
		{"factor", "right: staff.total", "right: 5000*staff.total", "is no whole number from 1 to 1000"},
		{"sum by field", "left: staff.officials + staff.civil_servants", "scope: field\n  left: sum(staff.officials)", "the edit has no scope field"},
	} {
		t.Run(c.name, func(t *testing.T) {
			src := strings.Replace(good, c.from, c.to, 1)
			if src == good {
				t.Fatal("case changes nothing")
			}
			_, err := Load(fstest.MapFS{"x.yaml": {Data: []byte(src)}})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("got %v, want %q", err, c.want)
			}
			var fs rules.Faults
			if !errors.As(err, &fs) || fs[0].File != "x.yaml" || fs[0].Line == 0 {
				t.Errorf("no place in %#v", err)
			}
		})
	}
}

// All faults come in one pass.
func TestLoadAllFaults(t *testing.T) {
	bad := strings.Replace(strings.Replace(good, "kind: sum", "kind: summ", 1), "right: staff.total", "right: staff.totl", 1)
	_, err := Load(fstest.MapFS{"x.yaml": {Data: []byte(bad)}, "y.yaml": {Data: []byte(strings.Replace(bad, "a-balance", "b-balance", 1))}})
	var fs rules.Faults
	if !errors.As(err, &fs) || len(fs) != 4 {
		t.Fatalf("want 4 faults, got %v", err)
	}
	if _, err := Load(fstest.MapFS{}); err == nil {
		t.Error("an empty folder must be a fault")
	}
}

// A user's edit replaces the built-in one of the same id.
func TestDefaultWith(t *testing.T) {
	own := strings.Replace(good, "id: a-balance", "id: staff-kinds\n  severity: info", 1)
	s, err := DefaultWith(Source{FS: fstest.MapFS{"own.yaml": {Data: []byte(own)}, "more.yaml": {Data: []byte(good)}}})
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]Severity{}
	for _, e := range s.Edits() {
		found[e.ID] = e.Severity
	}
	if found["staff-kinds"] != Info || found["a-balance"] != Error || len(s.Edits()) != len(defaultSet(t).Edits())+1 {
		t.Errorf("staff-kinds %q, a-balance %q, %d edits", found["staff-kinds"], found["a-balance"], len(s.Edits()))
	}
	for _, r := range s.Test(context.Background()) {
		if r.Err != "" {
			t.Errorf("%s: %s", r.Edit, r.Err)
		}
	}
}

// A fixture that does not do what it says is reported.
func TestFixtureFails(t *testing.T) {
	for _, c := range []struct{ from, to, want string }{
		{"gap: 1", "gap: 2", "must fail with gap 2, but fails with gap 1"},
		{"staff.civil_servants: 11", "staff.civil_servants: 10", "must fail, but passes"},
		{"staff.civil_servants: 10", "staff.civil_servants: 9", "must pass, but fails with gap 1"},
	} {
		s, err := Load(fstest.MapFS{"x.yaml": {Data: []byte(strings.Replace(good, c.from, c.to, 1))}})
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, r := range s.Test(context.Background()) {
			got += r.Err
		}
		if got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

func FuzzLoad(f *testing.F) {
	f.Add(good)
	f.Add(strings.Replace(good, "staff.total", "2*staff.total?", 1))
	f.Add("- for: [staff.total]\n  id: x\n  left: sum({it})\n")
	f.Fuzz(func(t *testing.T, src string) {
		s, err := Load(fstest.MapFS{"x.yaml": {Data: []byte(src)}})
		if err == nil {
			s.Test(context.Background())
		}
	})
}

// Edits that no report could satisfy together are refused, with the edit that one
// of one's own contradicts.
func TestContradictions(t *testing.T) {
	one := func(id, left, op, right string) string {
		return "- id: " + id + "\n  kind: sum\n  title: {vi: \"Sai\", en: \"Wrong\"}\n  left: " + left + "\n  op: \"" + op + "\"\n  right: \"" + right +
			"\"\n  pass: [{staff.total: 20}]\n  fail: [{staff.total: 20}]\n"
	}
	for _, c := range []struct{ name, src, want string }{
		{"with itself", one("a", "staff.total", "=", "staff.total + 5"), "the edit can never fail or never hold"},
		{"a pair", one("a", "staff.total", "=", "staff.officials + 5") + one("b", "staff.total", "=", "staff.officials"), "own/x.yaml:1:3: rule a: edit can never hold together with b (own/x.yaml:9)"},
		{"a circle", one("a", "staff.female", "<=", "staff.party_members") + one("b", "staff.party_members", "<=", "staff.disciplined") + one("c", "staff.female", ">=", "staff.disciplined + 1"),
			"edit can never hold together with b (own/x.yaml:9), c (own/x.yaml:17)"},
		{"only nothing satisfies both", one("a", "staff.female", "=", "2*staff.party_members") + one("b", "staff.female", "=", "staff.party_members"), "they hold only where staff.female is 0"},
		{"with a built-in one", one("a", "dossiers.resolved_early", ">=", "dossiers.resolved + 1"), "edit can never hold together with resolved-parts (dossiers.yaml:"},
		{"more than all", one("a", "dossiers.resolved_rate", ">=", "150"), "edit can never hold: figures are not negative, and no percentage exceeds 100"},
		{"a limit", one("a", "staff.total", "<=", "25"), ""},
		{"nothing allowed", one("a", "dossiers.resolved_late", "<=", "0"), ""},
		{"another view of the same", one("a", "dossiers.resolved", "=", "dossiers.resolved_on_time + dossiers.resolved_late"), ""},
		{"a finer one", one("a", "survey.forms_returned", ">=", "survey.satisfied + survey.very_satisfied"), ""},
	} {
		_, err := DefaultWith(Source{FS: fstest.MapFS{"x.yaml": {Data: []byte(c.src)}}, Name: "own"})
		if got := fmt.Sprint(err); c.want == "" && err != nil || !strings.Contains(got, c.want) {
			t.Errorf("%s: got %v, want %q", c.name, err, c.want)
		}
	}
}

// The built-in edits hold together: none contradicts the others.
func TestBuiltInEditsAgree(t *testing.T) {
	s := defaultSet(t)
	var base []*edit
	for _, e := range s.edits {
		if e.severity == Error {
			base = append(base, e)
		}
	}
	if fs := s.conflicts(nil, base); len(fs) > 0 {
		t.Error(fs)
	}
}

// What an edit does where a figure is missing is its own choice.
func TestMissingFigures(t *testing.T) {
	edit := func(policy string) string {
		return strings.Replace(good, "kind: sum", "kind: sum\n  missing: "+policy, 1)
	}
	for _, c := range []struct{ policy, want string }{
		{"skip", ""}, {"zero", "a-balance warning"}, {"report", "a-balance info"},
	} {
		s, err := Load(fstest.MapFS{"x.yaml": {Data: []byte(edit(c.policy))}})
		if err != nil {
			t.Fatal(err)
		}
		rep := told("Xã Mẫu", "2023-05", 1, "Có [staff.total=20] người, [staff.officials=8] cán bộ.")
		fs := s.CheckOne(context.Background(), rep, Options{})
		if got := checks(fs); got != c.want {
			t.Errorf("%s: got %q, want %q", c.policy, got, c.want)
		}
		if c.policy == "report" && (len(fs) != 1 || fs[0].Kind != Missing || !strings.Contains(fs[0].Message, "công chức") || len(fs[0].Figures) != 2) {
			t.Errorf("%+v", fs)
		}
		// A report that prints none of the figures is no report without one.
		if fs := s.CheckOne(context.Background(), told("Xã Mẫu", "2023-05", 1, "Có [egov.computers=22] máy."), Options{}); len(fs) > 0 {
			t.Errorf("%s: %+v", c.policy, fs)
		}
	}
}

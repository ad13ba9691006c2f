// This file generates consistent reports with one injected error each, and says what
// the check must make of them.

package check

import (
	"context"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"baocao/extract/rules"
	"baocao/normalize"
)

// slot is one printed number: in a paragraph (line) or a table.
type slot struct {
	key   string // "dossiers.received{land}"
	value string
	line  int
	table bool
}

// month is what one made-up report prints.
type month struct {
	slots []slot
	val   map[string]int // the truth behind counts
	rates map[string][2]string
}

func (m *month) print(line int, table bool, keys ...string) {
	for _, k := range keys {
		if v, ok := m.val[k]; ok {
			m.slots = append(m.slots, slot{k, strconv.Itoa(v), line, table})
		}
	}
}

// rate prints 100*num/den with two decimals and remembers what it is made of.
func (m *month) rate(line int, key, num, den string) {
	if m.val[den] == 0 {
		return
	}
	m.rates[key] = [2]string{num, den}
	m.slots = append(m.slots, slot{key, percent(m.val[num], m.val[den]), line, false})
}

// percent rounds to two decimals, exactly.
func percent(num, den int) string {
	h := (num*10000*2 + den) / (2 * den)
	return fmt.Sprintf("%d.%02d", h/100, h%100)
}

// make1 draws one month that follows from the one before (nil: the first).
func make1(r *rand.Rand, style *rand.Rand, before *month) *month {
	m := &month{val: map[string]int{}, rates: map[string][2]string{}}
	v := m.val
	table := style.IntN(10) < 6
	split := style.IntN(10) < 7 // early, exact, late printed in the text too
	fields := []string{"civil_status", "certification", "social_protection", "land", "meritorious", "business", "culture"}[:3+style.IntN(5)]
	tot := func(name string, n int) { v[name] += n }
	for _, f := range fields {
		base := 5 + r.IntN(60)
		if f == "certification" {
			base = 80 + r.IntN(150)
		}
		carried := r.IntN(9)
		if before != nil {
			carried = before.val["dossiers.in_process{"+f+"}"]
		}
		online := base * (60 + r.IntN(35)) / 100
		open := min(r.IntN(12), base+carried)
		resolved := base + carried - open
		late := min(r.IntN(3)*r.IntN(2), resolved)
		exact := r.IntN(1 + (resolved-late)/5)
		over := r.IntN(2) * min(1, open)
		for name, n := range map[string]int{
			"dossiers.received": base, "dossiers.carried_over": carried, "dossiers.total": base + carried,
			"dossiers.received_online": online, "dossiers.received_direct": base - online,
			"dossiers.resolved": resolved, "dossiers.resolved_early": resolved - late - exact, "dossiers.resolved_exact": exact, "dossiers.resolved_late": late,
			"dossiers.in_process": open, "dossiers.in_process_due": open - over, "dossiers.in_process_overdue": over,
		} {
			v[name+"{"+f+"}"] = n
			tot(name, n)
		}
	}
	v["dossiers.resolved_on_time"] = v["dossiers.resolved_early"] + v["dossiers.resolved_exact"]
	v["online.received"] = v["dossiers.received_online"]
	v["dossiers.apology_letters"] = v["dossiers.resolved_late"]
	m.print(1, false, "dossiers.total", "dossiers.received", "dossiers.carried_over", "dossiers.received_online", "dossiers.received_direct")
	m.print(2, false, "dossiers.resolved")
	if split {
		m.print(2, false, "dossiers.resolved_early", "dossiers.resolved_exact", "dossiers.resolved_late")
	} else {
		m.print(2, false, "dossiers.resolved_on_time", "dossiers.resolved_late")
	}
	m.rate(2, "dossiers.resolved_on_time_rate", "dossiers.resolved_on_time", "dossiers.resolved")
	m.print(3, false, "dossiers.in_process", "dossiers.in_process_due", "dossiers.in_process_overdue")
	if table {
		for _, f := range fields {
			for _, c := range []string{"total", "received_online", "received_direct", "carried_over", "resolved", "resolved_early", "resolved_exact", "resolved_late", "in_process", "in_process_due", "in_process_overdue"} {
				m.print(90, true, "dossiers."+c+"{"+f+"}")
			}
		}
		for _, c := range []string{"total", "received_online", "received_direct", "carried_over", "resolved", "resolved_early", "resolved_exact", "resolved_late", "in_process", "in_process_due", "in_process_overdue"} {
			m.print(90, true, "dossiers."+c)
		}
	} else {
		for _, c := range []string{"received", "resolved", "in_process"} {
			for _, f := range fields {
				m.print(91, true, "dossiers."+c+"{"+f+"}")
			}
			m.print(91, true, "dossiers."+c)
		}
	}
	m.print(5, false, "online.received")
	m.rate(5, "online.rate", "online.received", "dossiers.received")
	v["digitization.intake_due"], v["digitization.results_due"] = v["dossiers.received"], v["dossiers.resolved"]
	v["digitization.intake"] = v["dossiers.received"] - r.IntN(6)
	v["digitization.results"] = v["dossiers.resolved"] - r.IntN(9)
	m.print(6, false, "digitization.intake", "digitization.intake_due", "digitization.results", "digitization.results_due")
	m.rate(6, "digitization.intake_rate", "digitization.intake", "digitization.intake_due")
	m.rate(6, "digitization.results_rate", "digitization.results", "digitization.results_due")
	v["payment.due_dossiers"] = v["dossiers.received"] * (60 + r.IntN(30)) / 100
	v["payment.online_dossiers"] = v["payment.due_dossiers"] * (40 + r.IntN(55)) / 100
	m.print(7, false, "payment.online_dossiers", "payment.due_dossiers")
	m.rate(7, "payment.online_rate", "payment.online_dossiers", "payment.due_dossiers")
	if style.IntN(2) == 0 {
		v["survey.forms"] = 40 + r.IntN(v["dossiers.resolved"]/2)
		v["survey.forms_returned"] = v["survey.forms"] - r.IntN(6)
		v["survey.unsatisfied"] = r.IntN(3)
		v["survey.satisfied"] = r.IntN(v["survey.forms_returned"] / 2)
		v["survey.very_satisfied"] = v["survey.forms_returned"] - v["survey.unsatisfied"] - v["survey.satisfied"]
		v["happy"] = v["survey.very_satisfied"] + v["survey.satisfied"]
		m.print(8, false, "survey.forms", "survey.forms_returned", "survey.very_satisfied", "survey.satisfied", "survey.unsatisfied")
		m.rate(8, "survey.satisfaction_rate", "happy", "survey.forms_returned")
	}
	v["procedures.commune"], v["procedures.defence"], v["procedures.police"] = 120+style.IntN(60), 10+style.IntN(6), 8+style.IntN(9)
	if before != nil {
		v["procedures.new"], v["procedures.abolished"] = r.IntN(4), r.IntN(3)
		v["procedures.commune"] = before.val["procedures.commune"] + v["procedures.new"] - v["procedures.abolished"]
	}
	v["procedures.total"] = v["procedures.commune"] + v["procedures.defence"] + v["procedures.police"]
	m.print(9, false, "procedures.total", "procedures.commune", "procedures.defence", "procedures.police", "procedures.new", "procedures.abolished")
	v["staff.quota"] = 18 + style.IntN(5)
	v["staff.vacant"] = style.IntN(3)
	v["staff.quota_present"] = v["staff.quota"] - v["staff.vacant"]
	v["staff.total"] = v["staff.quota_present"]
	v["staff.officials"] = 8 + style.IntN(3)
	v["staff.civil_servants"] = v["staff.total"] - v["staff.officials"]
	v["staff.edu_master"], v["staff.edu_college"] = style.IntN(4), style.IntN(2)
	v["staff.edu_bachelor"] = v["staff.total"] - v["staff.edu_master"] - v["staff.edu_college"]
	m.print(10, false, "staff.quota", "staff.quota_present", "staff.vacant")
	m.print(11, false, "staff.total", "staff.officials", "staff.civil_servants", "staff.edu_master", "staff.edu_bachelor", "staff.edu_college")
	v["egov.email_accounts_unit"], v["egov.email_accounts_personal"] = 2+style.IntN(2), v["staff.total"]+style.IntN(5)
	v["egov.email_accounts"] = v["egov.email_accounts_unit"] + v["egov.email_accounts_personal"]
	m.print(12, false, "egov.email_accounts", "egov.email_accounts_unit", "egov.email_accounts_personal")
	v["direction.assigned_tasks_on_time"], v["direction.assigned_tasks_late"], v["direction.assigned_tasks_open"] = 15+r.IntN(30), r.IntN(3), 2+r.IntN(9)
	v["direction.assigned_tasks"] = v["direction.assigned_tasks_on_time"] + v["direction.assigned_tasks_late"] + v["direction.assigned_tasks_open"]
	m.print(13, false, "direction.assigned_tasks", "direction.assigned_tasks_on_time", "direction.assigned_tasks_late", "direction.assigned_tasks_open")
	v["egov.docs_outgoing"] = 60 + r.IntN(90)
	v["egov.docs_outgoing_electronic"] = v["egov.docs_outgoing"] - r.IntN(5)
	m.print(14, false, "egov.docs_outgoing", "egov.docs_outgoing_electronic")
	m.rate(14, "egov.docs_electronic_rate", "egov.docs_outgoing_electronic", "egov.docs_outgoing")
	return m
}

// report builds what the check reads; equal values of one key are one figure.
func (m *month) report(id int64, period string) Report {
	r := &normalize.Report{Type: "cchc", Unit: "Xã Mẫu", Period: period, Number: strconv.FormatInt(id, 10) + "/BC-UBND"}
	for i, s := range m.slots {
		name, field, _ := strings.Cut(s.key, "{")
		field = strings.TrimSuffix(field, "}")
		men := normalize.Mention{Start: i * 8, End: i*8 + len(s.value), Page: 1, Line: s.line, Text: s.value, InTable: s.table, Parent: -1, Confidence: 1}
		at := slices.IndexFunc(r.Figures, func(f normalize.Figure) bool {
			return f.Indicator == name && f.Field == field && f.Value == s.value
		})
		if at < 0 {
			f := normalize.Figure{Indicator: name, Field: field, Span: rules.Period, Value: s.value, Rounding: 1, Confidence: 1}
			if _, frac, ok := strings.Cut(s.value, "."); ok {
				f.Decimals = len(frac)
			}
			r.Figures = append(r.Figures, f)
			at = len(r.Figures) - 1
		}
		r.Figures[at].Mentions = append(r.Figures[at].Mentions, men)
	}
	return Report{ID: id, File: fmt.Sprintf("made-%d.docx", id), Report: r}
}

// relations is the oracle: what holds in every generated month, written down
// apart from the edits. Names without value make a relation silent.
var relations = []string{
	"dossiers.total = dossiers.received + dossiers.carried_over", "dossiers.total = dossiers.resolved + dossiers.in_process",
	"dossiers.received + dossiers.carried_over = dossiers.resolved + dossiers.in_process",
	"dossiers.received = dossiers.received_online + dossiers.received_direct",
	"dossiers.total = dossiers.received_online + dossiers.received_direct + dossiers.carried_over",
	"dossiers.resolved = dossiers.resolved_early + dossiers.resolved_exact + dossiers.resolved_late",
	"dossiers.resolved = dossiers.resolved_on_time + dossiers.resolved_late",
	"dossiers.in_process = dossiers.in_process_due + dossiers.in_process_overdue",
	"survey.forms_returned = survey.very_satisfied + survey.satisfied + survey.unsatisfied", "survey.forms >= survey.forms_returned",
	"procedures.total = procedures.commune + procedures.defence + procedures.police",
	"staff.quota = staff.quota_present + staff.vacant", "staff.total = staff.officials + staff.civil_servants", "staff.total = staff.quota_present",
	"staff.total = staff.edu_master + staff.edu_bachelor + staff.edu_college",
	"egov.email_accounts = egov.email_accounts_unit + egov.email_accounts_personal",
	"direction.assigned_tasks = direction.assigned_tasks_on_time + direction.assigned_tasks_late + direction.assigned_tasks_open",
	"digitization.intake_due >= digitization.intake", "digitization.results_due >= digitization.results", "payment.due_dossiers >= payment.online_dossiers",
	"egov.docs_outgoing >= egov.docs_outgoing_electronic", "online.received = dossiers.received_online",
}

// violates says whether the printed numbers break a relation of the oracle.
func (m *month) violates(before *month) bool {
	vals := map[string][]string{}
	for _, s := range m.slots {
		if !slices.Contains(vals[s.key], s.value) {
			vals[s.key] = append(vals[s.key], s.value)
		}
	}
	for _, v := range vals {
		if len(v) > 1 {
			return true
		}
	}
	num := func(key string) (int, bool) {
		v := vals[key]
		if len(v) == 0 {
			return 0, false
		}
		n, err := strconv.Atoi(v[0])
		return n, err == nil
	}
	sum := func(side, field string) (total int, ok bool) {
		for _, name := range strings.Split(side, " + ") {
			n, ok := num(name + field)
			if !ok {
				return 0, false
			}
			total += n
		}
		return total, true
	}
	fieldsOf := map[string]bool{"": true}
	for k := range vals {
		if i := strings.IndexByte(k, '{'); i > 0 {
			fieldsOf[k[i:]] = true
		}
	}
	for _, rel := range relations {
		sep := " = "
		if strings.Contains(rel, ">=") {
			sep = " >= "
		}
		left, right, _ := strings.Cut(rel, sep)
		for f := range fieldsOf {
			l, ok1 := sum(left, f)
			r, ok2 := sum(right, f)
			if ok1 && ok2 && (sep == " = " && l != r || sep == " >= " && l < r) {
				return true
			}
		}
	}
	// Fields to totals.
	sums, counted := map[string]int{}, map[string]bool{}
	for k := range vals {
		if i := strings.IndexByte(k, '{'); i > 0 {
			n, _ := num(k)
			sums[k[:i]] += n
			counted[k[:i]] = true
		}
	}
	for name := range counted {
		if t, ok := num(name); ok && t != sums[name] {
			return true
		}
	}
	for key, of := range m.rates {
		parts := map[string]string{"dossiers.resolved_on_time": "dossiers.resolved_early + dossiers.resolved_exact", "happy": "survey.very_satisfied + survey.satisfied"}
		n, ok := sum(of[0], "")
		if !ok {
			n, ok = sum(parts[of[0]], "")
		}
		d, ok2 := num(of[1])
		if v := vals[key]; ok && ok2 && d > 0 && len(v) > 0 {
			// Rounded or cut off at the second decimal.
			p, _ := strconv.Atoi(strings.ReplaceAll(v[0], ".", ""))
			if exact := n * 10000; 2*exact < (2*p-1)*d || exact >= (p+1)*d {
				return true
			}
		}
	}
	if before != nil {
		for f := range fieldsOf {
			c, ok := num("dossiers.carried_over" + f)
			if !ok {
				continue
			}
			for _, s := range before.slots {
				if s.key == "dossiers.in_process"+f && s.value != strconv.Itoa(c) {
					return true
				}
			}
		}
		if t, ok := num("procedures.total"); ok {
			a, _ := num("procedures.new")
			b, _ := num("procedures.abolished")
			if t != before.val["procedures.total"]+a-b {
				return true
			}
		}
	}
	return false
}

// inject puts one error into the printed numbers; false where the draw had none.
func (m *month) inject(r *rand.Rand, kind string, before *month) (at int, ok bool) {
	at = r.IntN(len(m.slots))
	s := &m.slots[at]
	switch kind {
	case "digit slip":
		i := r.IntN(len(s.value))
		d := byte('0' + r.IntN(10))
		if s.value[i] == '.' || s.value[i] == d || d == '0' && i == 0 {
			return at, false
		}
		s.value = s.value[:i] + string(d) + s.value[i+1:]
	case "transposition":
		if len(s.value) < 2 {
			return at, false
		}
		i := r.IntN(len(s.value) - 1)
		a, b := s.value[i], s.value[i+1]
		if a == b || a == '.' || b == '.' || i == 0 && b == '0' {
			return at, false
		}
		s.value = s.value[:i] + string(b) + string(a) + s.value[i+2:]
	case "stale copy":
		for _, o := range before.slots {
			if o.key == s.key && o.value != s.value {
				s.value = o.value
				return at, true
			}
		}
		return at, false
	case "total not updated":
		part := map[string]string{
			"dossiers.total": "dossiers.carried_over", "dossiers.received": "dossiers.received_direct", "dossiers.resolved": "dossiers.resolved_late",
			"procedures.total": "procedures.new", "survey.forms_returned": "survey.unsatisfied", "dossiers.in_process": "dossiers.in_process_overdue",
			"egov.email_accounts": "egov.email_accounts_unit", "direction.assigned_tasks": "direction.assigned_tasks_late", "staff.total": "staff.edu_college",
		}[s.key]
		if part == "" || m.val[part] == 0 {
			return at, false
		}
		s.value = strconv.Itoa(m.val[s.key] - m.val[part])
	case "wrong base":
		of, isRate := m.rates[s.key]
		if !isRate {
			return at, false
		}
		for _, base := range []string{"dossiers.total", "dossiers.received", "dossiers.resolved"} {
			if base != of[1] && m.val[base] >= m.val[of[0]] && m.val[base] > 0 {
				if p := percent(m.val[of[0]], m.val[base]); p != s.value {
					s.value = p
					return at, true
				}
			}
		}
		return at, false
	}
	return at, true
}

// score is what became of the injected errors of one kind.
type score struct{ cases, violating, found, inSets, first, shared int }

func TestInjectedErrors(t *testing.T) {
	n := 2000
	if testing.Short() {
		n = 300
	}
	s := defaultSet(t)
	kinds := []string{"digit slip", "transposition", "stale copy", "total not updated", "wrong base"}
	scores := map[string]*score{}
	var all score
	for i := range n {
		kind := kinds[i%len(kinds)]
		r, style := rand.New(rand.NewPCG(uint64(i), 1)), uint64(i)
		before := make1(r, rand.New(rand.NewPCG(style, 2)), nil)
		cur := make1(r, rand.New(rand.NewPCG(style, 2)), before)
		at, ok := 0, false
		for try := 0; !ok && try < 400; try++ {
			at, ok = cur.inject(r, kind, before)
		}
		if !ok {
			continue
		}
		sc := scores[kind]
		if sc == nil {
			sc = &score{}
			scores[kind] = sc
		}
		sc.cases++
		if !cur.violates(before) {
			continue
		}
		sc.violating++
		bad := cur.slots[at]
		name, field, _ := strings.Cut(bad.key, "{")
		field = strings.TrimSuffix(field, "}")
		found, in, first, shared := false, false, false, false
		for _, f := range s.Check(context.Background(), []Report{before.report(1, "2023-04"), cur.report(2, "2023-05")}, Options{}) {
			if f.Period != "2023-05" || f.Severity == Info {
				continue
			}
			found = found || slices.ContainsFunc(f.Figures, func(c Cited) bool { return c.Indicator == name && c.Field == field }) || f.Kind != Copy
			tops := 0
			for _, rep := range f.Repairs {
				if rep.Rank == 1 {
					tops++
				}
			}
			for _, rep := range f.Repairs {
				if slices.ContainsFunc(rep.Changes, func(c Change) bool {
					return c.Indicator == name && c.Field == field && sameNumber(c.From, bad.value)
				}) {
					in = true
					if rep.Rank == 1 {
						shared = true
						first = first || tops == 1
					}
				}
			}
		}
		count := func(b bool, n *int) {
			if b {
				*n++
			}
		}
		count(found, &sc.found)
		count(in, &sc.inSets)
		count(first, &sc.first)
		count(shared, &sc.shared)
		if testing.Verbose() && (!found || !in) {
			t.Logf("case %d %s: %s printed %s: found %v, in sets %v", i, kind, bad.key, bad.value, found, in)
		}
	}
	for _, k := range kinds {
		c := scores[k]
		if c == nil || c.violating == 0 {
			t.Fatalf("no case of %s", k)
		}
		t.Logf("%-18s cases %4d, violating %4d, found %4d, in minimal sets %4d, first alone %4d, first or tied %4d", k, c.cases, c.violating, c.found, c.inSets, c.first, c.shared)
		all.cases, all.violating, all.found, all.inSets, all.first, all.shared = all.cases+c.cases, all.violating+c.violating, all.found+c.found, all.inSets+c.inSets, all.first+c.first, all.shared+c.shared
	}
	share := func(what string, n, least int) {
		got := 100 * float64(n) / float64(all.violating)
		t.Logf("%s: %.2f %%", what, got)
		if n*100 < least*all.violating {
			t.Errorf("%s: %.2f %%, want at least %d %%", what, got, least)
		}
	}
	share("found", all.found, 99)
	share("true figure in the minimal sets", all.inSets, 99)
	share("true figure ranked first", all.first, 80)
}

func sameNumber(a, b string) bool {
	x, _, ok1 := parseAmount(a)
	y, _, ok2 := parseAmount(b)
	return ok1 && ok2 && x == y
}

func TestCleanReports(t *testing.T) {
	n := 2000
	if testing.Short() {
		n = 300
	}
	s := defaultSet(t)
	for i := range n {
		r, style := rand.New(rand.NewPCG(uint64(i), 7)), uint64(i)
		before := make1(r, rand.New(rand.NewPCG(style, 8)), nil)
		cur := make1(r, rand.New(rand.NewPCG(style, 8)), before)
		if cur.violates(before) || before.violates(nil) {
			t.Fatalf("case %d: the generator contradicts its own oracle", i)
		}
		for _, f := range s.Check(context.Background(), []Report{before.report(1, "2023-04"), cur.report(2, "2023-05")}, Options{}) {
			t.Errorf("case %d: %s %s: %s", i, f.Severity, f.Check, f.Message)
		}
	}
}

// benchReports are consistent reports of about 60 figures.
func benchReports(n int) (reports []Report, figures int) {
	for i := 0; len(reports) < n; i++ {
		r, style := rand.New(rand.NewPCG(uint64(i), 7)), uint64(i)
		rep := make1(r, rand.New(rand.NewPCG(style, 8)), nil).report(int64(i), "2023-05")
		if k := len(rep.Figures); k >= 55 && k <= 75 {
			figures += k
			reports = append(reports, rep)
		}
	}
	return reports, figures
}

// BenchmarkCheck checks one report of about 60 figures, consistent as nearly all are.
func BenchmarkCheck(b *testing.B) {
	s := defaultSet(b)
	reports, figures := benchReports(64)
	b.ReportAllocs()
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for i := 0; pb.Next(); i++ {
			s.CheckOne(context.Background(), reports[i%len(reports)], Options{})
		}
	})
	b.ReportMetric(float64(figures)/64, "figures/report")
	b.ReportMetric(b.Elapsed().Seconds()/float64(b.N)*1e5, "s/100000-reports")
}

// knot is a report of some 300 figures of which a fifth is wrong.
func knot(seed uint64) Report {
	r := rand.New(rand.NewPCG(seed, 3))
	m := make1(r, rand.New(rand.NewPCG(seed, 4)), nil)
	for i := range m.slots {
		if s := &m.slots[i]; r.IntN(5) == 0 && !strings.Contains(s.value, ".") {
			s.value = strconv.Itoa(r.IntN(400))
		}
	}
	// Paragraphs for other fields of the same kind make it longer.
	for _, f := range []string{"labour", "poverty", "construction", "environment", "agriculture", "education", "health", "home_affairs", "police", "defence", "other", "finance", "residence", "justice", "tourism", "transport", "science"} {
		for _, c := range []string{"total", "received", "carried_over", "received_online", "received_direct", "resolved", "resolved_early", "resolved_exact", "resolved_late", "in_process", "in_process_due", "in_process_overdue", "paused", "returned", "withdrawn"} {
			m.slots = append(m.slots, slot{"dossiers." + c + "{" + f + "}", strconv.Itoa(r.IntN(600)), 90, true})
		}
	}
	return m.report(int64(seed), "2023-05")
}

// BenchmarkKnot checks reports with dozens of failed edits that hang together.
func BenchmarkKnot(b *testing.B) {
	s := defaultSet(b)
	for i := 0; b.Loop(); i++ {
		s.CheckOne(context.Background(), knot(uint64(i%16)), Options{})
	}
}

// failedArithmetic counts the failed edits.
func failedArithmetic(fs []Finding) int {
	n := 0
	for _, f := range fs {
		if slices.Contains(arithmetic, f.Kind) {
			n++
		}
	}
	return n
}

// TestKnot: dozens of failed edits end in bounded time, and the report says
// what was not localised.
func TestKnot(t *testing.T) {
	s := defaultSet(t)
	notLocalised := 0
	for seed := range uint64(4) {
		r := knot(seed)
		fs := s.CheckOne(context.Background(), r, Options{})
		open := 0
		for _, f := range fs {
			if f.Severity == Error && len(f.Repairs) == 0 && strings.Contains(f.Message, "khoanh vùng") {
				open++
			}
		}
		if len(r.Figures) < 300 || failedArithmetic(fs) < 60 {
			t.Errorf("seed %d: %d figures, %d findings: no knot", seed, len(r.Figures), len(fs))
		}
		notLocalised += open
		again := s.CheckOne(context.Background(), r, Options{})
		if !reflect.DeepEqual(fs, again) {
			t.Errorf("seed %d: two runs differ", seed)
		}
	}
	if notLocalised == 0 {
		t.Error("no finding says that it was not localised")
	}
}

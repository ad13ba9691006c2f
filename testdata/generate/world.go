// This file holds what the reports are about: communes and their figures from
// month to month, which agree with each other in every way the checks know.
package generate

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"time"
)

// key names a figure; field is "" for the whole.
type key struct{ indicator, field string }

// figures are values as plain decimals.
type figures map[key]string

func (f figures) set(id string, n int) { f[key{id, ""}] = strconv.Itoa(n) }

// rate sets a percentage with up to two decimals, rounded half up.
func (f figures) rate(id string, part, whole int) {
	if whole == 0 {
		f[key{id, ""}] = "100"
		return
	}
	hundredths := (part*20000 + whole) / (2 * whole)
	s := fmt.Sprintf("%d.%02d", hundredths/100, hundredths%100)
	for s[len(s)-1] == '0' {
		s = s[:len(s)-1]
	}
	if s[len(s)-1] == '.' {
		s = s[:len(s)-1]
	}
	f[key{id, ""}] = s
}

// commune is one unit with what lasts over the months.
type commune struct {
	name, kind, place    string // "Tân Lộc", "xã", "huyện Tứ Kỳ, tỉnh Hải Dương"
	chairman             string
	size                 int   // dossiers in an ordinary month
	shares               []int // of the fields, in hundredths
	open                 []int // per field: in process at the end of the month before
	eid                  int
	done                 int // tasks of the year's plan
	officials, servants  int
	vacant, masters      int
	colleges, advanced   int
	basic, villages      int
	procedures, oneStop  int
	defence, police      int
	full, partial        int
	tasks, budget        int
	computers, documents int
}

func newCommune(r *rand.Rand, w *wording, i int) *commune {
	first, second := w.Names.First, w.Names.Second
	// Every name occurs once until all combinations are used up.
	n := (i * 7919) % (len(first) * len(second))
	c := &commune{
		name: first[n%len(first)] + " " + second[n/len(first)], kind: "xã", place: pick(r, w.Names.Districts),
		chairman: pick(r, w.Names.Families) + " " + pick(r, w.Names.Middles) + " " + pick(r, w.Names.Givens),
		size:     120 + r.IntN(900), eid: 1500 + r.IntN(2500),
		officials: 9 + r.IntN(3), servants: 9 + r.IntN(4), vacant: r.IntN(3), masters: 1 + r.IntN(3), colleges: r.IntN(2),
		advanced: 1 + r.IntN(2), basic: 1 + r.IntN(2), villages: 5 + r.IntN(12),
		procedures: 130 + r.IntN(60), defence: 12 + r.IntN(6), police: 10 + r.IntN(6), full: 40 + r.IntN(20), partial: 30 + r.IntN(20),
		tasks: 24 + r.IntN(20), budget: 1000000 * (2100 + 10*r.IntN(120)), computers: 18 + r.IntN(12), documents: 150 + r.IntN(200),
	}
	if round := i / (len(first) * len(second)); round > 0 {
		c.name += " " + pick(r, second)
	}
	c.oneStop = c.procedures - r.IntN(15)
	left := 100
	for f := range w.Fields {
		share := left
		if f < len(w.Fields)-1 {
			share = left * (35 + r.IntN(25)) / 100
		}
		c.shares = append(c.shares, share)
		c.open = append(c.open, 1+c.size*share/100*(2+r.IntN(4))/100)
		left -= share
	}
	return c
}

// month gives the figures of the next month.
func (c *commune) month(r *rand.Rand, w *wording, at time.Time) figures {
	f := figures{}
	c.dossiers(r, w, f)
	if at.Month() == time.January {
		c.done = 0
	}
	c.done = min(c.tasks-1, c.done+1+r.IntN(3))
	f.set("direction.directives_issued", 2+r.IntN(8))
	f.set("direction.conferences", 1+r.IntN(3))
	f.set("direction.plan_tasks", c.tasks)
	f.set("direction.plan_tasks_done", c.done)
	f.rate("direction.plan_tasks_rate", c.done, c.tasks)
	items := 8 + r.IntN(14)
	f.set("publicity.radio_items", items)
	f.set("publicity.radio_broadcasts", items*2)
	f.set("publicity.website_items", 5+r.IntN(16))
	f.set("inspection.done", r.IntN(3)/2)
	f.set("legal_docs.issued", r.IntN(4)/3)
	f.set("legal_docs.reviewed", 4+r.IntN(18))
	change := r.IntN(4)
	f.set("procedures.total", c.procedures)
	f.set("procedures.defence", c.defence)
	f.set("procedures.police", c.police)
	f.set("procedures.one_stop", c.oneStop)
	f.set("procedures.online_full", c.full)
	f.set("procedures.online_partial", c.partial)
	f.set("procedures.new", change)
	f.set("procedures.amended", 1+r.IntN(9))
	f.set("procedures.abolished", change)
	forms := 30 + r.IntN(60)
	back := forms - r.IntN(4)
	poor := r.IntN(2)
	very := back * (60 + r.IntN(20)) / 100
	f.set("survey.forms", forms)
	f.set("survey.forms_returned", back)
	f.set("survey.very_satisfied", very)
	f.set("survey.satisfied", back-very-poor)
	f.set("survey.unsatisfied", poor)
	f.rate("survey.satisfaction_rate", back-poor, back)
	voices := r.IntN(4)
	f.set("feedback.received", voices)
	f.set("feedback.resolved", voices)
	c.people(r, f)
	f.set("finance.autonomy_budget", c.budget)
	f.set("egov.computers", c.computers)
	f.set("egov.computers_online", c.computers)
	f.set("egov.digital_signatures", c.officials+c.servants+1)
	sent := c.documents/3 + r.IntN(20)
	f.set("egov.docs_incoming", c.documents+r.IntN(60))
	f.set("egov.docs_outgoing", sent)
	f.set("egov.docs_outgoing_electronic", sent-r.IntN(3))
	staff := c.officials + c.servants
	f.set("egov.email_accounts", staff+2)
	f.set("egov.email_accounts_unit", 2)
	f.set("egov.email_accounts_personal", staff)
	f.set("egov.digital_community_teams", c.villages)
	return f
}

func (c *commune) people(r *rand.Rand, f figures) {
	staff := c.officials + c.servants
	f.set("staff.total", staff)
	f.set("staff.officials", c.officials)
	f.set("staff.civil_servants", c.servants)
	f.set("staff.quota", staff+c.vacant)
	f.set("staff.quota_present", staff)
	f.set("staff.vacant", c.vacant)
	f.set("staff.edu_master", c.masters)
	f.set("staff.edu_bachelor", staff-c.masters-c.colleges)
	f.set("staff.edu_college", c.colleges)
	f.set("staff.politics_advanced", c.advanced)
	f.set("staff.politics_intermediate", staff-c.advanced-c.basic)
	f.set("staff.politics_basic", c.basic)
	f.set("staff.nonspecialist_commune", 9)
	f.set("staff.nonspecialist_village", 3*c.villages)
	f.set("staff.disciplined", 0)
	f.set("organization.villages", c.villages)
	f.set("training.turns", 1+r.IntN(12))
}

// dossiers counts what came in and was settled, by field and in all.
func (c *commune) dossiers(r *rand.Rand, w *wording, f figures) {
	received, carried, resolved, open := 0, 0, 0, 0
	month := c.size * (85 + r.IntN(30)) / 100
	for i, field := range w.Fields {
		in, before := max(1, month*c.shares[i]/100+r.IntN(5)-2), c.open[i]
		rest := min(in+before-1, in*(2+r.IntN(6))/100+r.IntN(2))
		f[key{"dossiers.received", field.Code}] = strconv.Itoa(in)
		f[key{"dossiers.resolved", field.Code}] = strconv.Itoa(in + before - rest)
		f[key{"dossiers.in_process", field.Code}] = strconv.Itoa(rest)
		c.open[i] = rest
		received, carried, resolved, open = received+in, carried+before, resolved+in+before-rest, open+rest
	}
	late := max(0, r.IntN(6)-2)
	early := (resolved - late) * (70 + r.IntN(25)) / 100
	online := received * (70 + r.IntN(28)) / 100
	postal := r.IntN(4)
	overdue := min(open, r.IntN(2))
	f.set("dossiers.received", received)
	f.set("dossiers.carried_over", carried)
	f.set("dossiers.total", received+carried)
	f.set("dossiers.resolved", resolved)
	f.set("dossiers.resolved_early", early)
	f.set("dossiers.resolved_exact", resolved-late-early)
	f.set("dossiers.resolved_on_time", resolved-late)
	f.set("dossiers.resolved_late", late)
	f.rate("dossiers.resolved_on_time_rate", resolved-late, resolved)
	f.set("dossiers.in_process", open)
	f.set("dossiers.in_process_due", open-overdue)
	f.set("dossiers.in_process_overdue", overdue)
	f.set("dossiers.received_online", online)
	f.set("dossiers.received_direct", received-online-postal)
	f.set("dossiers.received_postal", postal)
	f.set("online.received", online)
	f.rate("online.rate", online, received)
	scanned := received - r.IntN(5)
	f.set("digitization.intake", scanned)
	f.set("digitization.intake_due", received)
	f.rate("digitization.intake_rate", scanned, received)
	f.set("digitization.results", resolved-r.IntN(4))
	f.set("digitization.results_due", resolved)
	due := received * (50 + r.IntN(20)) / 100
	paid := due * (60 + r.IntN(35)) / 100
	f.set("payment.due_dossiers", due)
	f.set("payment.online_dossiers", paid)
	f.rate("payment.online_rate", paid, due)
	f.set("payment.online_amount", paid*8000)
	f.set("ecertification.dossiers", 2+r.IntN(30))
}

// This file settles what only the whole document can tell.

package rules

import (
	"math"
	"strconv"
	"strings"
)

// settleExact reads "đúng hạn" as "early or on time" in a document that never
// tells early and on time apart, and as "exactly on time" in one that does. A
// share of dossiers on time is nearly always meant to hold the early ones too: it
// is taken for the narrow one only if the document prints the share of the early
// ones as well, or if its own counts fit the narrow reading better.
func (x *extraction) settleExact() {
	early, earlyRate := false, false
	for _, f := range x.result.Figures {
		if f.Span == Period {
			early = early || f.Indicator == "dossiers.resolved_early"
			earlyRate = earlyRate || f.Indicator == "dossiers.resolved_early_rate"
		}
	}
	for i := range x.result.Figures {
		f := &x.result.Figures[i]
		switch f.Indicator {
		case "dossiers.resolved_exact":
			if !early && !earlyRate {
				f.Indicator = "dossiers.resolved_on_time"
				f.Doubts |= DoubtSettled
			}
		case "dossiers.resolved_exact_rate":
			if !earlyRate && !x.narrowFits(f) {
				f.Indicator = "dossiers.resolved_on_time_rate"
				f.Doubts |= DoubtSettled
			}
		}
	}
}

// narrowFits reports whether the share is nearer to exact / resolved than to
// (early + exact) / resolved by the document's own counts of the same field.
func (x *extraction) narrowFits(rate *Figure) bool {
	count := map[string]float64{}
	for _, f := range x.result.Figures {
		if f.Span == rate.Span && f.Field == rate.Field {
			if _, seen := count[f.Indicator]; !seen {
				count[f.Indicator], _ = strconv.ParseFloat(f.Value, 64)
			}
		}
	}
	resolved := count["dossiers.resolved"]
	if resolved == 0 {
		return false
	}
	printed, _ := strconv.ParseFloat(rate.Value, 64)
	narrow := 100 * count["dossiers.resolved_exact"] / resolved
	wide := narrow + 100*count["dossiers.resolved_early"]/resolved
	return math.Abs(printed-narrow) < math.Abs(printed-wide)
}

// settleSince takes what counts "từ ngày 01/7/2025 đến nay" for the period's own
// figure where the document gives no other: then the date is where the period began.
func (x *extraction) settleSince() {
	type key struct{ indicator, field string }
	own := map[key]bool{}
	for _, f := range x.result.Figures {
		if !f.since && f.Span == Period {
			own[key{f.Indicator, f.Field}] = true
		}
	}
	for i := range x.result.Figures {
		f := &x.result.Figures[i]
		if f.since && f.Span == YTD && !own[key{f.Indicator, f.Field}] {
			f.Span = Period
			f.Doubts |= DoubtSettled
		}
	}
}

// settleApprox drops a rounded mention ("hơn 600 hồ sơ") of what the document gives
// exactly elsewhere.
func (x *extraction) settleApprox() {
	type key struct {
		indicator, field string
		span             Span
	}
	exact := map[key]bool{}
	for _, f := range x.result.Figures {
		if !f.Approx {
			exact[key{f.Indicator, f.Field, f.Span}] = true
		}
	}
	x.drop(func(i int) (bool, Class, string) {
		f := &x.result.Figures[i]
		return f.Approx && exact[key{f.Indicator, f.Field, f.Span}], ClassOther, "rounded mention of a figure given exactly"
	})
}

// settleLevels takes the dossiers of the only online service level that a document
// counts for all its dossiers received online.
func (x *extraction) settleLevels() {
	level := -1
	for i, f := range x.result.Figures {
		if f.Span != Period || f.Field != "" {
			continue
		}
		switch f.Indicator {
		case "online.received", "dossiers.received_online":
			return
		case "online.full_received", "online.partial_received":
			if f.Value == "0" {
				continue
			}
			if level >= 0 {
				return
			}
			level = i
		}
	}
	if level < 0 {
		return
	}
	f := x.result.Figures[level]
	f.Indicator, f.Parent = "online.received", -1
	f.Doubts |= DoubtSettled | DoubtSecondFigure
	x.result.Figures = append(x.result.Figures, f)
}

// settleReceivedResolved drops the reading of "tiếp nhận, giải quyết 296 hồ sơ" as both
// received and resolved where the document says elsewhere that another number was
// resolved.
func (x *extraction) settleReceivedResolved() {
	both := func(f *Figure) bool { return f.Indicator == "dossiers.resolved" && f.Span == Period && x.bothSaid(f) }
	differs := map[string]bool{} // values of the total resolved that other words give
	said := map[string]bool{}
	for i := range x.result.Figures {
		f := &x.result.Figures[i]
		if f.Indicator != "dossiers.resolved" || f.Span != Period || f.Field != "" {
			continue
		}
		if both(f) {
			said[f.Value] = true
		} else {
			differs[f.Value] = true
		}
	}
	if len(differs) == 0 || len(said) == 0 {
		return
	}
	for v := range said {
		if differs[v] {
			return
		}
	}
	x.drop(func(i int) (bool, Class, string) {
		return both(&x.result.Figures[i]), ClassFigure, x.result.Figures[i].Rule
	})
}

// bothSaid reports whether the figure is the second of a rule that gives one number to
// two indicators.
func (x *extraction) bothSaid(f *Figure) bool {
	r := x.set.byID[f.Rule]
	return r != nil && len(r.Count) > 1 && r.Count[0] != f.Indicator
}

// settleRemaining takes what "còn 17 hồ sơ trong hạn" counts for all that is still
// being handled where the document gives no other number of it and none is overdue.
func (x *extraction) settleRemaining() {
	at := -1
	for i, f := range x.result.Figures {
		switch {
		case f.Span != Period || f.Field != "":
		case f.Indicator == "dossiers.in_process", f.Indicator == "dossiers.in_process_overdue" && f.Value != "0":
			return
		case f.Indicator == "dossiers.in_process_due":
			if at >= 0 && x.result.Figures[at].Value != f.Value {
				return
			}
			at = i
		}
	}
	if at < 0 {
		return
	}
	f := x.result.Figures[at]
	f.Indicator, f.Parent = "dossiers.in_process", -1
	f.Doubts |= DoubtSettled | DoubtSecondFigure
	x.result.Figures = append(x.result.Figures, f)
}

// settleFeedback takes "đã xử lý đúng hạn 07" for all that was handled where the
// document says of none that it was handled late, and gives no other number handled.
func (x *extraction) settleFeedback() {
	at := -1
	for i, f := range x.result.Figures {
		switch {
		case f.Span != Period || f.Field != "":
		case f.Indicator == "feedback.resolved", f.Indicator == "feedback.overdue" && f.Value != "0":
			return
		case f.Indicator == "feedback.resolved_on_time":
			at = i
		}
	}
	if at < 0 {
		return
	}
	f := x.result.Figures[at]
	f.Indicator, f.Parent = "feedback.resolved", -1
	f.Doubts |= DoubtSettled | DoubtSecondFigure
	x.result.Figures = append(x.result.Figures, f)
}

// settleForms tells the forms sent out from those that came back, where words leave it
// open. Of two numbers "hài lòng" in one sentence with "rất hài lòng" between them the
// first stands behind the name of the survey ("Hài lòng: 430 phiếu; rất hài lòng 360;
// hài lòng 66") and counts forms. Where the answers add up to the only number of forms,
// that is how many came back.
func (x *extraction) settleForms() {
	figures := x.result.Figures
	number := func(i int) int { n, _ := strconv.Atoi(figures[i].Value); return n }
	at := map[string]int{}
	answers, very := 0, false
	for i := range figures {
		f := &figures[i]
		if f.Span != Period || f.Field != "" || f.InTable {
			continue
		}
		first, seen := at[f.Indicator]
		switch f.Indicator {
		case "survey.satisfied":
			if seen && very && figures[first].SentenceStart == f.SentenceStart {
				figures[first].Indicator, figures[first].bare = "survey.forms", true
				figures[first].Doubts |= DoubtSettled
				if _, known := at["survey.forms"]; !known {
					at["survey.forms"] = first
				}
				answers -= number(first)
				seen = false
			}
			very = false
			fallthrough
		case "survey.very_satisfied", "survey.unsatisfied":
			very = very || f.Indicator == "survey.very_satisfied"
			if !seen {
				answers += number(i)
			}
		}
		if !seen {
			at[f.Indicator] = i
		}
	}
	forms, sent := at["survey.forms"]
	if _, back := at["survey.forms_returned"]; sent && !back && figures[forms].bare && number(forms) == answers {
		figures[forms].Indicator = "survey.forms_returned"
		figures[forms].Doubts |= DoubtSettled
	}
	total := answers
	if i, known := at["survey.forms_returned"]; known {
		total = number(i)
	}
	if i, known := at["survey.satisfied"]; known && at["survey.very_satisfied"] > 0 && total > 0 {
		share := 100 * float64(number(i)) / float64(total)
		x.drop(func(k int) (bool, Class, string) {
			rate, _ := strconv.ParseFloat(x.result.Figures[k].Value, 64)
			return x.result.Figures[k].Indicator == "survey.satisfaction_rate" && math.Abs(rate-share) < 0.06, ClassOther, "share of one answer"
		})
	}
}

// settlePersons keeps a bare number of persons ("18 người, 08 cán bộ, 10 công chức")
// as the whole staff only where officials or civil servants are told apart in the same
// sentence, and drops it as the number present there.
func (x *extraction) settlePersons() {
	const rule = "staff-persons"
	parts := map[int]bool{} // sentences
	for _, f := range x.result.Figures {
		if f.Indicator == "staff.officials" || f.Indicator == "staff.civil_servants" {
			parts[f.SentenceStart] = true
		}
	}
	wholes := map[int]bool{} // of the staff, told apart by schooling or sex behind "trong đó"
	for _, f := range x.result.Figures {
		if f.Parent >= 0 && (strings.HasPrefix(f.Indicator, "staff.edu_") || f.Indicator == "staff.female" || f.Indicator == "staff.party_members") {
			wholes[f.Parent] = true
		}
	}
	x.drop(func(i int) (bool, Class, string) {
		f := &x.result.Figures[i]
		return f.Rule == rule && !parts[f.SentenceStart] && !wholes[i], Unexplained, ""
	})
}

// settleLegal gives the number of legal documents that the council or the committee
// issued to all of them where the document says nothing of the other.
func (x *extraction) settleLegal() {
	var one []int
	for i, f := range x.result.Figures {
		switch {
		case f.Span != Period:
		case f.Indicator == "legal_docs.issued":
			return
		case f.Indicator == "legal_docs.issued_by_council", f.Indicator == "legal_docs.issued_by_committee":
			if f.Value != "0" {
				one = append(one, i)
			}
		}
	}
	if len(one) != 1 {
		return
	}
	f := x.result.Figures[one[0]]
	f.Indicator, f.Parent = "legal_docs.issued", -1
	f.Doubts |= DoubtSettled | DoubtSecondFigure
	x.result.Figures = append(x.result.Figures, f)
}

// settleTotals tells "tiếp nhận 260 hồ sơ, trong đó tiếp nhận mới 239, kỳ trước
// chuyển sang 21": of two numbers received in one field, the larger is the total
// to be settled if it is the smaller with the carried-over ones.
func (x *extraction) settleTotals() {
	const mostValues = 40 // of one figure that are compared; no report prints as many
	type key struct{ indicator, field string }
	values := map[key][]int{}
	for i, f := range x.result.Figures {
		k := key{f.Indicator, f.Field}
		if f.Span == Period && !f.Approx && len(values[k]) < mostValues {
			values[k] = append(values[k], i)
		}
	}
	number := func(i int) int {
		n, err := strconv.Atoi(x.result.Figures[i].Value)
		if err != nil {
			return -1
		}
		return n
	}
	defer x.drop(func(i int) (bool, Class, string) {
		return x.result.Figures[i].newOnly, ClassOther, "part of the figure before"
	})
	for k, received := range values {
		if k.indicator != "dossiers.received" {
			continue
		}
		carried := map[int]bool{}
		for _, i := range values[key{"dossiers.carried_over", k.field}] {
			carried[number(i)] = true
		}
		byNumber := map[int][]int{}
		for _, i := range received {
			byNumber[number(i)] = append(byNumber[number(i)], i)
		}
		for n := range carried {
			for total, wholes := range byNumber {
				parts := byNumber[total-n]
				if n <= 0 || total < n || len(parts) == 0 {
					continue
				}
				for _, i := range wholes {
					x.result.Figures[i].Indicator = "dossiers.total"
					x.result.Figures[i].Doubts |= DoubtSettled
				}
				for _, j := range parts {
					x.result.Figures[j].newOnly = false
				}
			}
		}
	}
}

// settleFractions reads "hộ tịch 161/158" as received and resolved where more of the
// document's fractions by fields have the larger number first: of what was received,
// seldom more is resolved.
func (x *extraction) settleFractions() {
	if x.ordered {
		return
	}
	var pairs []int
	larger, smaller := 0, 0
	for i := 1; i < len(x.result.Figures); i++ {
		f, den := &x.result.Figures[i-1], &x.result.Figures[i]
		if f.Start != den.Start || f.Field == "" || f.Indicator != "dossiers.resolved" || den.Indicator != "dossiers.received" || f.Field != den.Field || f.InTable {
			continue
		}
		a, errA := strconv.Atoi(f.Value)
		b, errB := strconv.Atoi(den.Value)
		if errA != nil || errB != nil {
			continue
		}
		pairs = append(pairs, i)
		switch {
		case a > b:
			larger++
		case a < b:
			smaller++
		}
	}
	if larger <= smaller {
		return
	}
	for _, i := range pairs {
		f, den := &x.result.Figures[i-1], &x.result.Figures[i]
		f.Value, den.Value = den.Value, f.Value
		f.Doubts |= DoubtSettled
		den.Doubts |= DoubtSettled
	}
}

// settleDenominators looks for the base of "đã giải quyết 4.561/5.650 hồ sơ":
// where the same number is printed as the total to be settled, the fraction's
// base is that total, not the dossiers received.
func (x *extraction) settleDenominators() {
	total := map[string]bool{}
	received := map[string]bool{}
	den := map[int]bool{}
	for i, f := range x.result.Figures {
		if f.Indicator == "dossiers.received" && i > 0 && x.result.Figures[i-1].Start == f.Start {
			den[i] = true
		}
	}
	for i, f := range x.result.Figures {
		if f.Span != Period || den[i] {
			continue
		}
		switch f.Indicator {
		case "dossiers.total":
			total[f.Value+"@"+f.Field] = true
		case "dossiers.received":
			received[f.Value+"@"+f.Field] = true
		}
	}
	for i := range x.result.Figures {
		f := &x.result.Figures[i]
		if key := f.Value + "@" + f.Field; den[i] && total[key] && !received[key] {
			f.Indicator = "dossiers.total"
		}
	}
}

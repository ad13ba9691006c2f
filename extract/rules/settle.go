// This file settles what only the whole document can tell.

package rules

// settleExact reads "đúng hạn" as "early or on time" in a document that never
// tells early and on time apart, and as "exactly on time" in one that does.
func (x *extraction) settleExact() {
	early := false
	for _, f := range x.result.Figures {
		if (f.Indicator == "dossiers.resolved_early" || f.Indicator == "dossiers.resolved_early_rate") && f.Span == Period {
			early = true
			break
		}
	}
	if early {
		return
	}
	for i := range x.result.Figures {
		f := &x.result.Figures[i]
		switch f.Indicator {
		case "dossiers.resolved_exact":
			f.Indicator = "dossiers.resolved_on_time"
			f.Doubts |= DoubtSettled
		case "dossiers.resolved_exact_rate":
			f.Indicator = "dossiers.resolved_on_time_rate"
			f.Doubts |= DoubtSettled
		}
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

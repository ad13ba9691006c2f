// This file tells "we may have misread this" from "the report contradicts itself":
// it looks for reasons why what failed may be a fault of reading.

package check

import (
	"fmt"
	"slices"
	"strings"

	"baocao/normalize"
)

// doubt is a reason to think that a figure was misread, in two languages; the
// zero value is none. A strong one leaves little to say against the report.
type doubt struct {
	vi, en string
	strong bool
}

// suspect marks a finding as one that may come from misreading.
func (fd *Finding) suspect(d doubt) {
	fd.Suspect = SuspectExtraction
	fd.Message += "; có thể do đọc sai: " + d.vi
	fd.MessageEN += "; perhaps misread: " + d.en
}

// lowConfidence is where a rule, or the reader of a scan, doubts what it read.
const lowConfidence = 0.8

// highConfidence is where nothing speaks against a reading: a far value is then
// rather a slip of the report.
const highConfidence = 0.9

func leastConfidence(vs []*value) float64 {
	least := 1.0
	for _, v := range vs {
		if v.fig.Confidence > 0 {
			least = min(least, v.fig.Confidence)
		}
	}
	return least
}

// doubtful finds a value that was read with little confidence: its characters, or
// what it means. Where values stand in one sentence or one table (bound), and their
// characters are certain, it takes more: to be understood as the same thing, they
// would have to be misunderstood in the same way.
func (f *facts) doubtful(bound bool, vs ...*value) doubt {
	for _, v := range vs {
		c := v.fig.Confidence
		if c <= 0 || c >= lowConfidence {
			continue
		}
		// The confidence of a mention holds both as factors.
		if v.glyphs > 0 && c/v.glyphs >= lowConfidence {
			return doubt{
				vi: fmt.Sprintf("số đọc chưa chắc: %s nhận dạng từ ảnh, độ chắc chắn %.0f%%", v.v.words(), 100*v.glyphs),
				en: fmt.Sprintf("not read surely: %s was recognised in a picture, certainty %.0f %%", v.v, 100*v.glyphs),
			}
		}
		if bound && v.glyphs == 1 && c >= normalize.LeastConfidence {
			continue
		}
		info := f.set.info[v.ind]
		return doubt{
			vi: fmt.Sprintf("số đọc chưa chắc: %s có thể không phải là %s, độ tin cậy %.0f%%", v.v.words(), lowerFirst(info.Label), 100*c),
			en: fmt.Sprintf("not read surely: %s may not be %s, confidence %.0f %%", v.v, lowerFirst(info.LabelEN), 100*c),
		}
	}
	return doubt{}
}

// misread gives the reason, if there is one, why a failure looks more like a
// fault of reading than like a contradiction.
func (f *facts) misread(in *instance) doubt {
	if !in.asked {
		in.asked = true
		in.doubt = f.looksMisread(in)
	}
	return in.doubt
}

// farShare is the distance in points at which a rate and the figures it is
// compared with are not about the same thing.
const farShare = 20 * unit

func (f *facts) looksMisread(in *instance) doubt {
	if in.unread {
		return doubt{vi: "bảng còn dòng chưa đọc được", en: "rows of the table were not read"}
	}
	vs := in.bound()
	if d := f.doubtful(len(vs) > 1 && f.sameSentence(in), vs...); d != (doubt{}) {
		return d
	}
	gap := in.gap()
	if len(vs) > 1 && (in.share != nil && gap >= farShare || gap > min(in.lv, in.rv) && gap >= 5*unit) {
		return doubt{"chênh lệch quá lớn so với các số được so sánh", "the gap is too large beside the figures compared", leastConfidence(vs) < highConfidence}
	}
	if in.e.kind == Continuity && f.soFar() {
		return doubt{vi: "số trong báo cáo có thể là lũy kế từ đầu năm", en: "the figures may be for the year to date"}
	}
	near := in.near()
	if i := slices.IndexFunc(near, f.rival); i >= 0 {
		label := f.set.info[near[i].ind]
		return doubt{vi: lowerFirst(label.Label) + " còn đọc thấy giá trị khác", en: lowerFirst(label.LabelEN) + " was also read with another value"}
	}
	if in.share != nil {
		return f.otherShare(in)
	}
	for _, side := range [2][]bterm{in.left, in.right} {
		for _, t := range side {
			// "19 trung cấp" of political training taken for a level of education.
			if t.val != nil && t.need == optional && len(side) > 2 && t.val.v == gap {
				label := f.set.info[t.ind]
				return doubt{"khớp nếu không tính " + lowerFirst(label.Label) + " " + gap.words(), "fits without " + lowerFirst(label.LabelEN) + " " + gap.String(), true}
			}
		}
	}
	if in.e.op == equal && !in.far() && gap > max(in.lv, in.rv)/3 && gap >= 10*unit {
		return doubt{vi: "chênh lệch lớn bất thường", en: "the gap is unusually large"}
	}
	return f.besides(in, vs, gap)
}

// otherShare finds that a rate that does not fit is exactly another one: "đúng và
// sớm hạn 99,33 %" taken for the share of those settled early.
func (f *facts) otherShare(in *instance) doubt {
	rate := in.share.rate
	if rate.v == 0 || rate.v%(100*unit) == 0 {
		return doubt{}
	}
	for _, e := range f.set.edits {
		if e.share == nil || e == in.e {
			continue
		}
		for i := range e.share.nums {
			for _, num := range f.sideValues(&e.share.nums[i], rate.field, rate) {
				for j := range e.share.bases {
					if !e.share.bases[j].usual {
						continue
					}
					for _, den := range f.sideValues(&e.share.bases[j].side, rate.field, rate) {
						if den.v >= 10*unit && num.v < den.v && shareFits(num.s, den.s, rate.s) {
							what := f.set.info[e.share.rate]
							return doubt{"số này khớp với " + lowerFirst(what.Label), "it fits the " + lowerFirst(what.LabelEN), leastConfidence(in.bound()) < highConfidence}
						}
					}
				}
			}
		}
	}
	return doubt{}
}

// soFar says whether the report seems to count from the beginning of the year:
// what was carried over is what the report before had carried over too, nothing
// became less, and the figures balance so.
func (f *facts) soFar() bool {
	one := func(id string, w when) (amount, bool) {
		vs := f.candidates(f.set.index[id], 0, w)
		if len(vs) != 1 {
			return 0, false
		}
		return vs[0].v, true
	}
	carried, ok1 := one("dossiers.carried_over", now)
	carriedBefore, ok2 := one("dossiers.carried_over", prev)
	received, ok3 := one("dossiers.received", now)
	receivedBefore, ok4 := one("dossiers.received", prev)
	resolved, ok5 := one("dossiers.resolved", now)
	resolvedBefore, ok6 := one("dossiers.resolved", prev)
	open, ok7 := one("dossiers.in_process", now)
	return ok1 && ok2 && ok3 && ok4 && ok5 && ok6 && ok7 && carried == carriedBefore && received > receivedBefore && resolved > resolvedBefore &&
		received.plus(carried) == resolved.plus(open)
}

// rival says whether the text gives the same figure another value that is no slip
// of it: one of the two belongs to something else.
func (f *facts) rival(v *value) bool {
	if v.when != now || !v.text || v.field >= f.width {
		return false
	}
	return slices.ContainsFunc(f.all(v.ind, v.field, now), func(o *value) bool {
		return o != v && o.text && !o.repeats && !o.fig.Approx && slip(o.v, v.v) == "" && !o.s.meets(v.s)
	})
}

// besides looks for a number beside the values that would explain the failure:
// one as large as the gap, which a list may have left out; or, for values that
// stand in different places, one that closes an equality in the place of the
// value beside it.
func (f *facts) besides(in *instance, vs []*value, gap amount) doubt {
	if f.rep.Text == "" {
		return doubt{}
	}
	of := func(n amount) bool { return slices.ContainsFunc(vs, func(v *value) bool { return v.v == n }) }
	reason := func(n amount) doubt {
		return doubt{vi: "ngay bên cạnh còn số " + n.words() + " làm cho khớp", en: "the number " + n.String() + " right beside would make it fit"}
	}
	together := f.together(in)
	for s, side := range [2][]bterm{in.left, in.right} {
		for _, t := range side {
			if t.val == nil || t.far || f.inTable(t.val) {
				continue
			}
			for _, n := range f.numbersBeside(t.val) {
				if of(n) {
					continue
				}
				if n == gap && gap >= 5*unit && in.e.kind != Subset { // small numbers stand beside everything
					return reason(n)
				}
				shift := mulSat(n.plus(-t.val.v), t.coef)
				if s == 1 {
					shift = -shift
				}
				if in.e.op == equal && !together && n >= 10*unit && in.lv.plus(shift) == in.rv {
					return reason(n)
				}
			}
		}
	}
	return doubt{}
}

func (f *facts) inTable(v *value) bool {
	return slices.ContainsFunc(v.places, func(p place) bool { return f.ctxs.isTable(p.ctx) })
}

// numbersBeside lists the whole numbers of the paragraphs in which a value stands.
func (f *facts) numbersBeside(v *value) []amount {
	var out []amount
	for _, p := range v.places {
		body := f.ctxs.body(p.ctx)
		for i := 0; i < len(body); {
			if body[i] < '0' || body[i] > '9' {
				i++
				continue
			}
			from := i
			for i < len(body) && (body[i] >= '0' && body[i] <= '9' || body[i] == '.' && i+1 < len(body) && body[i+1] >= '0' && body[i+1] <= '9') {
				i++
			}
			if i < len(body) && (body[i] == '/' || body[i] == ',') || from > 0 && (body[from-1] == '/' || body[from-1] == ',') {
				continue // a date, a document number or a decimal
			}
			if n, _, ok := parseAmount(strings.ReplaceAll(body[from:i], ".", "")); ok && !slices.Contains(out, n) {
				out = append(out, n)
			}
		}
	}
	return out
}

// sameSentence says whether all values of an instance stand in one sentence or
// one table: then nothing but a slip, or our reading, parts them.
func (f *facts) sameSentence(in *instance) bool {
	vs := in.bound()
	if len(vs) < 2 {
		return true
	}
	for _, p := range vs[0].places {
		from, to, ok := p.m.Start, p.m.End, true
		for _, v := range vs[1:] {
			i := slices.IndexFunc(v.places, func(q place) bool { return q.ctx == p.ctx })
			if i < 0 {
				ok = false
				break
			}
			from, to = min(from, v.places[i].m.Start), max(to, v.places[i].m.End)
		}
		if ok && (f.ctxs.isTable(p.ctx) || f.rep.Text == "" || to > len(f.rep.Text) || !strings.Contains(f.rep.Text[from:to], ". ")) {
			return true
		}
	}
	return false
}

// This file compares a unit's figures with those of the other communes of its
// province in the same period.

package check

import (
	"fmt"
	"slices"
	"strings"

	admin "baocao/normalize/place"
	"baocao/normalize/vntext"
)

const (
	minPeers     = 8         // units that a figure is judged by
	farPoints    = 15 * unit // distance in points that is worth a look
	farFactor    = 5         // halves: two and a half times the peers' change
	minCompared  = 20 * unit // counts below jump by themselves
	robustFactor = 35000     // 3.5 in units where 0.6745 is 6745
)

// unusual says whether v is an outlier among others: robust z = 0.6745*|v - median|
// / MAD above 3.5. least bounds the MAD from below.
func unusual(v amount, others []amount, least amount) (med amount, far bool) {
	med = median(others)
	dist := make([]amount, len(others))
	for i, o := range others {
		dist[i] = o.plus(-med).abs()
	}
	return med, cmpProducts(v.plus(-med).abs(), 6745, max(median(dist), least), robustFactor) > 0
}

// peerKey is one figure of the communes of a province in a period.
type peerKey struct {
	province, period string
	ind              int
}

// peerValue is that of one unit: a percentage, or how a count changed since the
// period before (in thousandths of it).
type peerValue struct {
	at      int
	v       amount
	f       gatheredFigure
	before  gatheredFigure
	percent bool
}

// peers finds rates far from those of the other communes, and counts that changed
// as those of no other commune did.
func (a *Across) peers(w *acrossWriter) error {
	at := map[[2]string]int{} // unit and period
	id := func(g *gathered) string { return g.unit + "|" + strings.Join(g.head.Parents, "|") }
	for i := range a.reports {
		g := &a.reports[i]
		at[[2]string{id(g), g.head.Period}] = i
	}
	by := map[peerKey][]peerValue{}
	var keys []peerKey
	put := func(k peerKey, v peerValue) {
		if by[k] == nil {
			keys = append(keys, k)
		}
		by[k] = append(by[k], v)
	}
	for i := range a.reports {
		g := &a.reports[i]
		if typ, _ := admin.Split(bareUnit(g.head.Unit)); !g.formal || typ.Level() != admin.Commune {
			continue
		}
		for _, f := range g.figures {
			k := peerKey{g.province, g.head.Period, f.ind}
			switch info := a.set.info[f.ind]; {
			case info.Kind == "percent":
				put(k, peerValue{i, f.v, f, gatheredFigure{}, true})
			case info.Kind == "count" && info.Period == "flow" && f.v >= minCompared:
				before := g.period.Prev()
				j, ok := at[[2]string{id(g), before.String()}]
				if before.Kind == 0 || !ok {
					continue
				}
				if old, ok := a.reports[j].figure(f.ind); ok && old.v >= minCompared {
					put(k, peerValue{i, share(f.v, old.v), f, old, false})
				}
			}
		}
	}
	for _, k := range keys {
		if len(by[k]) <= minPeers {
			continue
		}
		all := make([]amount, len(by[k]))
		for n, p := range by[k] {
			all[n] = p.v
		}
		mid := median(all)
		for n, p := range by[k] {
			// Most are near the middle, and need no closer look.
			if p.percent && p.v.plus(-mid).abs() < farPoints/2 || !p.percent && p.v < 2*mid && 2*p.v > mid {
				continue
			}
			others := make([]amount, 0, len(all))
			for m, o := range by[k] {
				if m != n {
					others = append(others, o.v)
				}
			}
			if err := a.peer(w, k, p, others); err != nil {
				return err
			}
		}
	}
	return nil
}

func (a *Across) peer(w *acrossWriter, k peerKey, p peerValue, others []amount) error {
	g := &a.reports[p.at]
	info := a.set.info[k.ind]
	fd := newFinding(&g.head, "peer-outlier", "T6", Range, Info)
	if p.percent {
		med, far := unusual(p.v, others, unit)
		if !far || p.v.plus(-med).abs() < farPoints {
			return nil
		}
		fd.Left, fd.Right, fd.Gap = p.v.String(), med.String(), p.v.plus(-med).abs().String()
		fd.Message = fmt.Sprintf("Khác thường so với %d đơn vị khác cùng kỳ: %s %s %%, trung vị %s %%", len(others), lowerFirst(info.Label), p.v.words(), med.words())
		fd.MessageEN = fmt.Sprintf("Unusual beside %d other units: %s %s %%, median %s %%", len(others), lowerFirst(info.LabelEN), fd.Left, fd.Right)
	} else {
		med, far := unusual(p.v, others, median(others)/10)
		if !far || 2*p.v < farFactor*med && farFactor*p.v > 2*med {
			return nil
		}
		fd.Left, fd.Right = p.f.v.String(), p.before.v.String()
		fd.Message = fmt.Sprintf("Biến động khác thường so với %d đơn vị khác: %s %s bằng %s %% kỳ trước (%s); trung vị của các đơn vị là %s %%",
			len(others), lowerFirst(info.Label), p.f.v.words(), rounded(p.v).words(), p.before.v.words(), rounded(med).words())
		fd.MessageEN = fmt.Sprintf("Changed unlike %d other units: %s %s is %s %% of the period before (%s); the median is %s %%",
			len(others), lowerFirst(info.LabelEN), fd.Left, rounded(p.v), fd.Right, rounded(med))
	}
	fd.LeftText, fd.RightText = fd.Left, fd.Right
	cited, err := w.cite(g, p.f.start, p.f.end, false)
	if err != nil {
		return err
	}
	cited.Indicator, cited.Value = info.ID, p.f.v.String()
	fd.Figures = []Cited{cited}
	w.add(fd)
	return nil
}

// rounded leaves one decimal.
func rounded(a amount) amount { return (a + unit/20) / (unit / 10) * (unit / 10) }

// provinceWindows names the units whose data windows are of another kind than
// those of most units of their province.
func (a *Across) provinceWindows(w *acrossWriter) error {
	type count struct {
		units map[string]string // unit and its convention
		last  map[string]int    // its last report
	}
	by := map[string]*count{}
	var provinces []string
	for i := range a.reports {
		g := &a.reports[i]
		if g.window == "" || g.province == "" {
			continue
		}
		if by[g.province] == nil {
			by[g.province] = &count{map[string]string{}, map[string]int{}}
			provinces = append(provinces, g.province)
		}
		by[g.province].units[g.unit], by[g.province].last[g.unit] = g.window, i
	}
	slices.Sort(provinces)
	for _, p := range provinces {
		c := by[p]
		want := a.opt.windowsOf(p)
		if want == "" {
			want = mostUnits(c.units)
		}
		if want == "" {
			continue
		}
		units := make([]string, 0, len(c.units))
		for u := range c.units {
			units = append(units, u)
		}
		slices.Sort(units)
		for _, u := range units {
			if c.units[u] == want {
				continue
			}
			g := &a.reports[c.last[u]]
			fd := newFinding(&g.head, "window-province", "D4", DateKind, Info)
			fd.Message = fmt.Sprintf("Kỳ số liệu từ %s đến %s khác cách tính kỳ của các đơn vị trong tỉnh (%s)", vnDay(g.head.From), vnDay(g.head.To), conventionVI(want))
			fd.MessageEN = fmt.Sprintf("The data window %s to %s is not that of the province (%s)", g.head.From, g.head.To, want)
			cited, err := w.cite(g, g.windowAt[0], g.windowAt[1], false)
			if err != nil {
				return err
			}
			fd.Figures = []Cited{cited}
			w.add(fd, "window")
		}
	}
	return nil
}

// mostUnits gives the convention of more than six tenths of the units, of five at
// least; "" if there is none.
func mostUnits(units map[string]string) string {
	n := map[string]int{}
	for _, c := range units {
		n[c]++
	}
	for c, k := range n {
		if k >= 5 && 10*k > 6*len(units) {
			return c
		}
	}
	return ""
}

// conventionVI says a convention in words.
func conventionVI(c string) string {
	day, ok := strings.CutPrefix(c, "from-")
	if !ok {
		return "trọn tháng"
	}
	return "từ ngày " + day + " tháng trước"
}

// windowsOf gives the convention set for a province, by admin.Key of its name.
func (o Options) windowsOf(province string) string {
	want := o.Windows
	for name, conv := range o.ProvinceWindows {
		if admin.Key(name) == province {
			want = conv
		}
	}
	if want == "nd09" {
		return "from-15"
	}
	return want
}

// monthlyWindow is the data window that a monthly report prints itself.
func monthlyWindow(r *Report, p vntext.Period) (from, to string, ok bool) {
	if r.Report == nil || p.Kind != vntext.Month || r.From == "" || r.To == "" {
		return "", "", false
	}
	return r.From, r.To, r.printsWindowEnd()
}

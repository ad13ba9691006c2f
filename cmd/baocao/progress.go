// This file tells how far an import is: a bar on a terminal, a line every ten
// seconds elsewhere, events in JSON.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"baocao/db"
	"baocao/db/ingest"
)

// progressEvery is how often progress is told where there is no terminal.
const progressEvery = 10 * time.Second

// progress follows one import. Its methods may be called from several goroutines.
type progress struct {
	a *app

	mu     sync.Mutex
	last   ingest.Event
	states map[db.State]int // of this import; the key "" counts unchanged files
	marks  []mark           // the latest minute, for the rate
	bar    *progressbar.ProgressBar
	failed []ingest.Event // the first ones that could not be read
	faults int            // how many there were

	stop func()
}

// mark is how far the import was at a time.
type mark struct {
	at   time.Time
	done int
}

// follow begins to tell; finish ends it.
func (a *app) follow() *progress {
	p := &progress{a: a, states: map[db.State]int{}, marks: []mark{{at: time.Now()}}}
	if f, ok := a.err.(*os.File); ok && a.format != "json" && term.IsTerminal(int(f.Fd())) {
		p.bar = progressbar.NewOptions(-1, progressbar.OptionSetWriter(f), progressbar.OptionClearOnFinish(), progressbar.OptionShowCount(),
			progressbar.OptionSetWidth(20), progressbar.OptionThrottle(200*time.Millisecond), progressbar.OptionSetPredictTime(false))
	}
	every := progressEvery
	if p.bar != nil {
		every = time.Second
	}
	ticker := time.NewTicker(every)
	end, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		for {
			select {
			case <-ticker.C:
				p.tell()
			case <-end:
				return
			}
		}
	}()
	p.stop = sync.OnceFunc(func() {
		ticker.Stop()
		close(end)
		<-ended
	})
	return p
}

// maxFaults is how many files are named that could not be read.
const maxFaults = 20

// event takes note of a file that is done.
func (p *progress) event(e ingest.Event) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.last = e
	p.states[e.State]++
	if faulty(e.State) {
		if p.faults++; len(p.failed) < maxFaults {
			p.failed = append(p.failed, e)
		}
	}
	if p.bar != nil {
		if e.Total > 0 {
			p.bar.ChangeMax(e.Total)
		}
		_ = p.bar.Set(e.Done) // a bar that cannot be drawn harms nothing
	}
	if p.a.format == "json" && !e.Unchanged {
		p.print(fileEvent(e))
	}
}

// faulty says whether a file in this state ought to be looked at.
func faulty(s db.State) bool {
	return s == db.NeedsOCR || s == db.Unreadable || s == db.Unsupported || s == db.Pending
}

// tell says how far the import is.
func (p *progress) tell() {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	p.marks = append(p.marks, mark{now, p.last.Done})
	for len(p.marks) > 2 && now.Sub(p.marks[0].at) > time.Minute {
		p.marks = p.marks[1:]
	}
	first := p.marks[0]
	rate := float64(p.last.Done-first.done) / now.Sub(first.at).Seconds()
	left := time.Duration(-1)
	if p.last.Total > 0 && rate > 0 {
		left = time.Duration(float64(p.last.Total-p.last.Done) / rate * float64(time.Second))
	}
	switch {
	case p.a.format == "json":
		e := progressEventJSON{Event: "progress", Done: p.last.Done, Total: p.last.Total, Rate: float64(int(rate*10)) / 10, States: p.counts()}
		if left >= 0 {
			seconds := int(left.Seconds())
			e.Remaining = &seconds
		}
		p.print(e)
	case p.bar != nil:
		p.bar.Describe(p.line(rate, left))
	default:
		fmt.Fprintf(p.a.err, p.a.say("đã xong %s tệp, %s\n", "%s files done, %s\n"), p.count(), p.line(rate, left))
	}
}

// count gives "1.200/50.000".
func (p *progress) count() string {
	done := p.a.number(fmt.Sprint(p.last.Done))
	if p.last.Total > 0 {
		return done + "/" + p.a.number(fmt.Sprint(p.last.Total))
	}
	return done
}

// line gives rate, remaining time and how many files are in which state.
func (p *progress) line(rate float64, left time.Duration) string {
	var parts []string
	if rate >= 0.05 { // less would be shown as nothing
		parts = append(parts, fmt.Sprintf(p.a.say("%s tệp/giây", "%s files/s"), p.a.number(fmt.Sprintf("%.1f", rate))))
	}
	if left >= 0 {
		parts = append(parts, p.a.say("còn khoảng ", "about ")+p.a.duration(left)+p.a.say("", " left"))
	}
	bad := 0
	for s, n := range p.states {
		if faulty(s) {
			bad += n
		}
	}
	for _, c := range []struct {
		n      int
		vi, en string
	}{
		{p.states[db.Stored], "đã lưu", "stored"}, {p.states[db.Duplicate], "trùng", "duplicates"}, {p.states[""], "không đổi", "unchanged"},
		{bad, "cần xem lại", "to look at"},
	} {
		if c.n > 0 {
			parts = append(parts, p.a.say(c.vi, c.en)+" "+p.a.number(fmt.Sprint(c.n)))
		}
	}
	return strings.Join(parts, ", ")
}

// duration gives a length of time as one says it: "2 giờ 5 phút", "40 giây".
func (a *app) duration(d time.Duration) string {
	if d < time.Second {
		return a.say("chưa đến 1 giây", "less than 1 s")
	}
	if d < time.Minute {
		return fmt.Sprintf(a.say("%d giây", "%d s"), int(d.Round(time.Second).Seconds()))
	}
	minutes := int(d.Round(time.Minute).Minutes())
	if minutes < 60 {
		return fmt.Sprintf(a.say("%d phút", "%d min"), minutes)
	}
	return fmt.Sprintf(a.say("%d giờ %d phút", "%d h %d min"), minutes/60, minutes%60)
}

// counts gives the states of this import by name.
func (p *progress) counts() map[string]int {
	list := map[string]int{}
	for s, n := range p.states {
		if s == "" {
			s = "unchanged"
		}
		list[string(s)] = n
	}
	return list
}

// finish ends the telling and clears the bar.
func (p *progress) finish() {
	p.stop()
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bar != nil {
		_ = p.bar.Finish() // see event
	}
}

func (p *progress) print(v any) {
	_ = json.NewEncoder(p.a.out).Encode(v) // a reader that has gone must not end the import
}

// Events of an import in JSON, one a line; described in README.md.
type fileEventJSON struct {
	Event    string   `json:"event"`
	Path     string   `json:"path"`
	State    string   `json:"state"`
	Reason   string   `json:"reason,omitempty"`
	Other    string   `json:"other,omitempty"`
	New      bool     `json:"new"`
	Replaced []string `json:"replaced,omitempty"`
}

func fileEvent(e ingest.Event) fileEventJSON {
	return fileEventJSON{"file", jsonPath(e.Path), string(e.State), e.Reason, jsonPath(e.Other), e.New, jsonPaths(e.Replaced)}
}

type progressEventJSON struct {
	Event     string         `json:"event"`
	Done      int            `json:"done"`
	Total     int            `json:"total,omitempty"`
	Rate      float64        `json:"files_per_second"`
	Remaining *int           `json:"remaining_seconds,omitempty"`
	States    map[string]int `json:"states"`
}

type summaryEventJSON struct {
	Event       string         `json:"event"`
	Files       int            `json:"files"`
	States      map[string]int `json:"states"`
	Added       int            `json:"added"`
	Replaced    int            `json:"replaced"`
	Gone        int            `json:"gone"`
	Moved       int            `json:"moved"`
	Bytes       int64          `json:"bytes"`
	Seconds     float64        `json:"seconds"`
	Interrupted bool           `json:"interrupted"`
}

// This file writes one report: head, parts, passages, signature.
package generate

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"
)

// Report is one report with the truth about it.
type Report struct {
	// Name is the file's name without its ending, Folder its month.
	Name, Folder string
	Text         string // a paragraph or a table row a line, cells apart by tabs
	Truth        Truth
}

// Truth is what the labels of testdata hold; see its README.
type Truth struct {
	File   string `json:"file"`
	Report Head   `json:"report"`
	// Clean says that nothing in the text contradicts anything else.
	Clean    bool      `json:"clean"`
	Figures  []Label   `json:"figures"`
	Findings []Finding `json:"findings"`
	Traps    []string  `json:"traps"`
}

// Head says which report it is.
type Head struct {
	Unit   string `json:"unit"`
	Period string `json:"period"`
	Number string `json:"number"`
	Date   string `json:"date"`
}

// Finding is an error that was put in.
type Finding struct {
	Kind       string   `json:"kind"`
	Certain    bool     `json:"certain"`
	Arithmetic string   `json:"arithmetic"`
	Indicators []string `json:"indicators"`
	Snippet    string   `json:"snippet"`
}

// style is how an office writes, month after month.
type style struct {
	stacked                bool // head without columns
	letters                bool // parts A, B and points I, II instead of I, II and 1, 2
	bullet                 string
	leadingZero, thousands bool
	opening, title         string
	closing                string
	parts                  []string
	headings, texts        []int // chosen entry of each passage
	day                    int   // of the month on which it reports
}

func newStyle(r *rand.Rand, w *wording) style {
	s := style{stacked: r.IntN(3) == 0, letters: r.IntN(3) == 0, bullet: pick(r, []string{"- ", "- ", "+ ", "* "}), leadingZero: r.IntN(4) > 0,
		thousands: r.IntN(4) > 0, opening: pick(r, w.Openings), title: pick(r, w.Titles), closing: pick(r, w.Closings), day: 20 + r.IntN(8)}
	for _, p := range w.Parts {
		s.parts = append(s.parts, pick(r, p))
	}
	for _, p := range w.Passages {
		s.headings = append(s.headings, r.IntN(len(p.Heading)))
		s.texts = append(s.texts, r.IntN(len(p.Texts)))
	}
	return s
}

// writeReport writes the report of c on the month that begins at first.
func writeReport(r *rand.Rand, w *wording, c *commune, s style, f figures, first time.Time) (Report, error) {
	next := first.AddDate(0, 1, 0)
	day := first.AddDate(0, 0, s.day-1)
	district, province, _ := strings.Cut(c.place, ", ")
	number := fmt.Sprintf("%d/BC-UBND", 10+int(first.Month())*8+r.IntN(8))
	p := &printer{figures: f, fields: w.Fields, leadingZero: s.leadingZero, thousands: s.thousands, words: map[string]string{
		"kind": c.kind, "kind_up": upperFirst(c.kind), "unit": c.kind + " " + c.name, "name": c.name, "district": district, "province": province,
		"month": strconv.Itoa(int(first.Month())), "year": strconv.Itoa(first.Year()), "next": strconv.Itoa(int(next.Month())),
		"nextyear": strconv.Itoa(next.Year()), "ref": strconv.Itoa(5 + r.IntN(60)), "ref2": strconv.Itoa(100 + r.IntN(500)), "refday": strconv.Itoa(10 + r.IntN(10)),
	}}
	unit := strings.ToUpper(c.kind + " " + c.name)
	place := fmt.Sprintf("%s, ngày %d tháng %02d năm %d", c.name, day.Day(), int(day.Month()), day.Year())
	lines := []string{"ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", unit + "\tĐộc lập - Tự do - Hạnh phúc", "Số: " + number + "\t" + place}
	if s.stacked {
		lines = []string{"ỦY BAN NHÂN DÂN", unit, "Số: " + number, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", place}
	}
	lines = append(lines, "BÁO CÁO", s.title, s.opening)
	for part, name := range s.parts {
		lines = append(lines, s.partNumber(part)+". "+name)
		point := 0
		for i, pass := range w.Passages {
			if pass.Part != part+1 {
				continue
			}
			point++
			lines = append(lines, s.passage(r, w, i, point)...)
		}
	}
	lines = append(lines, s.closing)
	lines = append(lines, "Nơi nhận:\tTM. ỦY BAN NHÂN DÂN", "- UBND "+district+";\tCHỦ TỊCH", "- Lưu: VT.\t"+c.chairman)
	for _, line := range lines {
		if err := p.line(line); err != nil {
			return Report{}, err
		}
	}
	month := first.Format("2006-01")
	name := fmt.Sprintf("bc-%s-%s", slug(c.kind+" "+c.name), month)
	return Report{Name: name, Folder: month, Text: p.text.String(), Truth: Truth{
		File: name + ".txt", Report: Head{c.kind + " " + c.name, month, number, day.Format("2006-01-02")}, Clean: true, Figures: p.labels,
		Findings: []Finding{}, Traps: []string{}}}, nil
}

var roman = []string{"I", "II", "III", "IV", "V"}

func (s style) partNumber(i int) string {
	if s.letters {
		return string(rune('A' + i))
	}
	return roman[i]
}

// passage gives the lines of a topic, with its heading and filler.
func (s style) passage(r *rand.Rand, w *wording, i, point int) []string {
	pass := w.Passages[i]
	var lines []string
	if h := pass.Heading[s.headings[i]]; h != "" {
		n := strconv.Itoa(point)
		lines = append(lines, n+". "+h)
	}
	filler := w.Filler[pass.Name]
	order := r.Perm(len(filler))
	n := min(pass.Filler, len(order))
	for _, j := range order[:(n+1)/2] {
		lines = append(lines, s.bullet+filler[j])
	}
	for line := range strings.Lines(pass.Texts[s.texts[i]]) {
		line = strings.ReplaceAll(strings.TrimSuffix(line, "\n"), "|", "\t")
		// "||" parts a choice.
		line = strings.ReplaceAll(line, "\t\t", "||")
		each, repeated := strings.CutPrefix(line, "@")
		if !repeated {
			lines = append(lines, s.bulleted(line))
			continue
		}
		for k, f := range w.Fields {
			// The row's own field is written into its figures.
			row := strings.NewReplacer("@}", "@"+f.Code+"}", "{field}", f.Name, "{lowfield}", lowerFirst(f.Name), "{row}", strconv.Itoa(k+1)).Replace(each)
			lines = append(lines, s.bulleted(row))
		}
	}
	for _, j := range order[(n+1)/2 : n] {
		lines = append(lines, s.bullet+filler[j])
	}
	return lines
}

func (s style) bulleted(line string) string {
	if rest, ok := strings.CutPrefix(line, "* "); ok {
		return s.bullet + rest
	}
	return line
}

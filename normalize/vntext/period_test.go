// This file tests periods.

package vntext

import (
	"errors"
	"testing"
)

func TestPeriodDays(t *testing.T) {
	tests := []struct {
		p                    Period
		text, from, to, prev string
	}{
		{NewPeriod(Month, 2023, 5), "2023-05", "2023-05-01", "2023-05-31", "2023-04"},
		{NewPeriod(Month, 2023, 1), "2023-01", "2023-01-01", "2023-01-31", "2022-12"},
		{NewPeriod(Month, 2024, 2), "2024-02", "2024-02-01", "2024-02-29", "2024-01"},
		{NewPeriod(Quarter, 2023, 1), "2023-Q1", "2023-01-01", "2023-03-31", "2022-Q4"},
		{NewPeriod(Quarter, 2023, 4), "2023-Q4", "2023-10-01", "2023-12-31", "2023-Q3"},
		{NewPeriod(Half, 2023, 1), "2023-H1", "2023-01-01", "2023-06-30", "2022-H2"},
		{NewPeriod(Half, 2023, 2), "2023-H2", "2023-07-01", "2023-12-31", "2023-H1"},
		{NewPeriod(NineMonths, 2023, 0), "2023-9M", "2023-01-01", "2023-09-30", "2022-9M"},
		{NewPeriod(Year, 2023, 0), "2023", "2023-01-01", "2023-12-31", "2022"},
		{NewPeriod(Week, 2026, 24), "2026-W24", "2026-06-08", "2026-06-14", "2026-W23"},
		{NewPeriod(Week, 2026, 1), "2026-W01", "2025-12-29", "2026-01-04", "2025-W52"},
		{NewPeriod(Week, 2020, 53), "2020-W53", "2020-12-28", "2021-01-03", "2020-W52"},
		{NewPeriod(Week, 2021, 1), "2021-W01", "2021-01-04", "2021-01-10", "2020-W53"},
		{NewWindow("2023-05-15", "2023-06-14"), "2023-05-15/2023-06-14", "2023-05-15", "2023-06-14", "2023-04-15/2023-05-14"},
		{NewWindow("2023-05-01", "2023-05-30"), "2023-05-01/2023-05-30", "2023-05-01", "2023-05-30", "2023-04-01/2023-04-30"},
		{NewWindow("2023-05-08", "2023-05-14"), "2023-05-08/2023-05-14", "2023-05-08", "2023-05-14", "2023-05-01/2023-05-07"},
		{NewWindow("2023-01-01", "2023-05-31"), "2023-01-01/2023-05-31", "2023-01-01", "2023-05-31", "2022-08-01/2022-12-31"},
	}
	for _, tt := range tests {
		if tt.p.String() != tt.text || tt.p.From != tt.from || tt.p.To != tt.to {
			t.Errorf("%v: %s %s..%s, want %s %s..%s", tt.p, tt.p, tt.p.From, tt.p.To, tt.text, tt.from, tt.to)
		}
		if got := tt.p.Prev().String(); got != tt.prev {
			t.Errorf("%s.Prev() = %s, want %s", tt.p, got, tt.prev)
		}
		got, err := ParsePeriod(tt.text)
		if err != nil || got != tt.p {
			t.Errorf("ParsePeriod(%q) = %v, %v", tt.text, got, err)
		}
		if !tt.p.Contains(tt.from) || !tt.p.Contains(tt.to) || tt.p.Contains(tt.p.Prev().To) {
			t.Errorf("%s does not contain its days", tt.p)
		}
		if tt.p.Prev().Compare(tt.p) != -1 || tt.p.Compare(tt.p) != 0 || tt.p.Compare(tt.p.Prev()) != 1 {
			t.Errorf("%s does not compare with the period before", tt.p)
		}
	}
}

func TestPeriodUnknown(t *testing.T) {
	for _, p := range []Period{{}, NewPeriod(Month, 0, 5), NewPeriod(Month, 2023, 13), NewPeriod(Quarter, 2023, 5),
		NewPeriod(Half, 2023, 0), NewPeriod(Week, 2021, 53), NewPeriod(Year, -1, 0), NewWindow("", "2023-05-31"), NewWindow("x", "y")} {
		if p.Kind != Window && (p.From != "" || p.To != "") {
			t.Errorf("%v has days", p)
		}
		if prev := p.Prev(); prev != (Period{}) {
			t.Errorf("%v.Prev() = %v", p, prev)
		}
		if p.Contains("2023-05-31") {
			t.Errorf("%v contains a day", p)
		}
	}
}

func TestCanonical(t *testing.T) {
	for _, want := range []string{"2023-05", "2023-Q2", "2023-H2", "2023-9M", "2023"} {
		p, err := ParsePeriod(want)
		if err != nil {
			t.Fatal(err)
		}
		if got := NewWindow(p.From, p.To).Canonical(); got != p {
			t.Errorf("the window of %s is %s", p, got)
		}
	}
	if w := NewWindow("2023-05-01", "2023-05-30"); w.Canonical() != w {
		t.Errorf("%s became %s", w, w.Canonical())
	}
}

func TestParsePeriod(t *testing.T) {
	for in, want := range map[string]string{
		"tháng 5/2023":                   "2023-05",
		"Tháng 5 năm 2023":               "2023-05",
		"5/2023":                         "2023-05",
		"05/2023":                        "2023-05",
		" 2023-05 ":                      "2023-05",
		"quý II/2023":                    "2023-Q2",
		"Quý 2 năm 2023":                 "2023-Q2",
		"2023-q2":                        "2023-Q2",
		"6 tháng đầu năm 2023":           "2023-H1",
		"9 tháng năm 2023":               "2023-9M",
		"năm 2023":                       "2023",
		"2023":                           "2023",
		"tuần 24/2026":                   "2026-W24",
		"từ ngày 1/5/2023 đến 30/5/2023": "2023-05-01/2023-05-30",
		"từ ngày 1/5/2023 đến 31/5/2023": "2023-05",
		"1/5/2023 - 30/5/2023":           "2023-05-01/2023-05-30",
		"2023-05-01/2023-05-30":          "2023-05-01/2023-05-30",
		"2021-2025":                      "2021-01-01/2025-12-31",
	} {
		if got, err := ParsePeriod(in); err != nil || got.String() != want {
			t.Errorf("ParsePeriod(%q) = %s, %v, want %s", in, got, err, want)
		}
	}
	for _, in := range []string{"", "abc", "tháng 5", "13/2023", "tháng 13/2023", "2023-13", "2023-Q5", "2023-W54", "2023-05-31/2023-05-01",
		"2023-02-30/2023-03-01", "từ ngày 1/6/2023 đến 31/6/2023", "từ ngày 5/6/2023 đến 1/6/2023", "15/5", "239", "tháng 5/2023 và tháng 6/2023", "20233"} {
		if got, err := ParsePeriod(in); err == nil || !errors.Is(err, ErrPeriod) {
			t.Errorf("ParsePeriod(%q) = %s, %v, want an error", in, got, err)
		}
	}
}

func FuzzParsePeriod(f *testing.F) {
	for _, s := range []string{"2023-05", "tháng 5/2023", "từ 1/5/2023 đến 30/5/2023", "0001-W01", "6 tháng cuối năm 2023"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, err := ParsePeriod(s)
		if err != nil {
			return
		}
		if p.From == "" || p.To < p.From {
			t.Fatalf("ParsePeriod(%q) = %v", s, p)
		}
		if again, err := ParsePeriod(p.String()); err != nil || again != p {
			t.Fatalf("ParsePeriod(%q) = %v, but of %q %v, %v", s, p, p.String(), again, err)
		}
	})
}

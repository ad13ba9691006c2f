// This file tests the names, validity and mergers of units.

package place

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"baocao/normalize/vntext"
)

// The units below are those of the sample reports and invented ones.
const history = `code	full_name	parent_code	parent_level	first_effective	gone_from
11074	Thị trấn Tứ Kỳ	298	district	2021-11-01	2025-07-01
11074	Xã Tứ Kỳ	31	province	2025-07-01	
11116	xã Quang Khải	298	district	2021-11-01	2025-07-01
90001	Xã Tân Lập	901	district	2021-11-01	2024-03-01
90002	Xã Tân Lập	902	district	2021-11-01	2025-07-01
90003	Phường 04	902	district	2023-02-01	2025-07-01
`

const mergers = `old_code	old_name	old_district_code	old_district	old_province_code	old_province	new_code	new_name	new_province_code	new_province	kind	note
11074	Thị trấn Tứ Kỳ	298	Huyện Tứ Kỳ	30	Tỉnh Hải Dương	11074	Xã Tứ Kỳ	31	Thành phố Hải Phòng	full	Nhập toàn bộ
11116	Xã Quang Khải	298	Huyện Tứ Kỳ	30	Tỉnh Hải Dương	11074	Xã Tứ Kỳ	31	Thành phố Hải Phòng	full	Nhập toàn bộ
90002	Xã Tân Lập	902	Huyện Đồng Mẫu	90	Tỉnh Mẫu	90010	Xã Đồng Mẫu	91	Tỉnh Mới	partial	Nhập một phần
90002	Xã Tân Lập	902	Huyện Đồng Mẫu	90	Tỉnh Mẫu	90011	Xã Tân Lập	91	Tỉnh Mới	partial	Nhập một phần
90003	Phường 4	902	Huyện Đồng Mẫu	90	Tỉnh Mẫu	90010	Xã Đồng Mẫu	91	Tỉnh Mới	full	
`

const current = `[
 {"Code": "31", "FullName": "Thành phố Hải Phòng", "Wards": [
  {"Code": "11074", "FullName": "Xã Tứ Kỳ", "ProvinceCode": "31"}
 ]},
 {"Code": "91", "FullName": "Tỉnh Mới", "Wards": [
  {"Code": "90012", "FullName": "Đặc khu Đảo Mẫu", "ProvinceCode": "91"}
 ]}
]`

func load(t *testing.T, texts ...string) *Table {
	t.Helper()
	var files []File
	for _, s := range texts {
		files = append(files, File{"units", strings.NewReader(s)})
	}
	table, err := Load(files...)
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func names(units []Unit) []string {
	var out []string
	for _, u := range units {
		s := u.Code + " " + u.String()
		if u.Former != "" {
			s += " < " + u.Former
		}
		out = append(out, s)
	}
	return out
}

func TestResolve(t *testing.T) {
	table := load(t, history, mergers, current)
	tests := []struct {
		name    string
		parents []string
		on      string
		want    []string
		err     error
	}{
		{"Xã Quang Khải", nil, "2023-05-31", []string{"11116 Xã Quang Khải, Huyện Tứ Kỳ, Tỉnh Hải Dương"}, nil},
		{"XÃ QUANG KHẢI", []string{"huyện Tứ Kỳ"}, "2025-06-30", []string{"11116 Xã Quang Khải, Huyện Tứ Kỳ, Tỉnh Hải Dương"}, nil},
		{"Quang Khải", nil, "", []string{"11116 Xã Quang Khải, Huyện Tứ Kỳ, Tỉnh Hải Dương"}, nil},
		{"Xã Quang Khải", nil, "2025-07-01", []string{"11074 Xã Tứ Kỳ, Thành phố Hải Phòng < Xã Quang Khải"}, nil},
		{"TT. Tứ Kỳ", nil, "2020-01-01", []string{"11074 Thị trấn Tứ Kỳ, Huyện Tứ Kỳ, Tỉnh Hải Dương"}, nil},
		{"Tứ Kỳ", nil, "2025-09-30", []string{"11074 Xã Tứ Kỳ, Thành phố Hải Phòng"}, nil},
		{"Xã Tứ Kỳ", nil, "2023-05-31", nil, ErrNotValid},
		{"Xã Tân Lập", nil, "2023-05-31", []string{"90001 Xã Tân Lập", "90002 Xã Tân Lập, Huyện Đồng Mẫu, Tỉnh Mẫu"}, nil},
		{"Xã Tân Lập", []string{"Huyện Đồng Mẫu"}, "2023-05-31", []string{"90002 Xã Tân Lập, Huyện Đồng Mẫu, Tỉnh Mẫu"}, nil},
		{"Xã Tân Lập", nil, "2024-05-31", []string{"90002 Xã Tân Lập, Huyện Đồng Mẫu, Tỉnh Mẫu"}, nil},
		{"Xã Tân Lập", []string{"Đồng Mẫu"}, "2025-08-31", []string{
			"90010 Xã Đồng Mẫu, Tỉnh Mới < Xã Tân Lập", "90011 Xã Tân Lập, Tỉnh Mới < Xã Tân Lập"}, nil},
		{"Xã Tân Lập", []string{"Tỉnh Mới"}, "2025-08-31", []string{"90011 Xã Tân Lập, Tỉnh Mới"}, nil},
		// The parent of today finds what was merged there.
		{"Xã Quang Khải", []string{"Thành phố Hải Phòng"}, "2025-09-30", []string{"11074 Xã Tứ Kỳ, Thành phố Hải Phòng < Xã Quang Khải"}, nil},
		{"Phường IV", nil, "2024-01-01", []string{"90003 Phường 4, Huyện Đồng Mẫu, Tỉnh Mẫu"}, nil},
		{"Phường 4", nil, "2022-01-01", nil, ErrNotValid},
		{"Đặc khu Đảo Mẫu", nil, "2025-08-31", []string{"90012 Đặc khu Đảo Mẫu, Tỉnh Mới"}, nil},
		{"Xã Không Có", nil, "2023-05-31", nil, ErrUnknown},
	}
	for _, tt := range tests {
		got, err := table.Resolve(tt.name, tt.parents, tt.on)
		if !errors.Is(err, tt.err) || !slices.Equal(names(got), tt.want) {
			t.Errorf("%s %v on %s:\ngot  %q, %v\nwant %q, %v", tt.name, tt.parents, tt.on, names(got), err, tt.want, tt.err)
		}
	}
	if _, err := table.Resolve("Xã Tứ Kỳ", nil, "30/6/2025"); err == nil {
		t.Error("a date that is not ISO was accepted")
	}
	var empty Table
	if _, err := empty.Resolve("Xã Tứ Kỳ", nil, ""); !errors.Is(err, ErrUnknown) {
		t.Errorf("empty table: %v", err)
	}
}

// The order of the files does not matter for what is found.
func TestLoadOrder(t *testing.T) {
	a, b := load(t, history, mergers, current), load(t, current, mergers, history)
	for _, name := range []string{"Xã Quang Khải", "Xã Tứ Kỳ", "Xã Tân Lập", "Phường 4"} {
		for _, on := range []string{"", "2022-01-01", "2023-05-31", "2025-08-31"} {
			ua, errA := a.Resolve(name, nil, on)
			ub, errB := b.Resolve(name, nil, on)
			if !slices.Equal(names(ua), names(ub)) || (errA == nil) != (errB == nil) {
				t.Errorf("%s on %q: %q, %v and %q, %v", name, on, names(ua), errA, names(ub), errB)
			}
		}
	}
	comma := load(t, strings.ReplaceAll(history, "\t", ","), strings.ReplaceAll(mergers, "\t", ";"), current)
	if !slices.Equal(comma.Names(""), a.Names("")) {
		t.Errorf("with commas and semicolons: %q", comma.Names(""))
	}
	if a.Len() != b.Len() {
		t.Errorf("%d and %d units", a.Len(), b.Len())
	}
}

func TestLinks(t *testing.T) {
	table := load(t, history, mergers)
	now, err := table.Resolve("Xã Tứ Kỳ", nil, "2025-09-30")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, l := range table.Predecessors(now[0]) {
		got = append(got, l.Unit.Name+" "+string(l.Kind))
	}
	if want := []string{"Thị trấn Tứ Kỳ full", "Xã Quang Khải full"}; !slices.Equal(got, want) {
		t.Errorf("predecessors %q, want %q", got, want)
	}
	old, err := table.Resolve("Xã Tân Lập", []string{"Huyện Đồng Mẫu"}, "2025-01-01")
	if err != nil {
		t.Fatal(err)
	}
	got = nil
	for _, l := range table.Successors(old[0]) {
		got = append(got, l.Unit.Name+" "+string(l.Kind))
	}
	if want := []string{"Xã Đồng Mẫu partial", "Xã Tân Lập partial"}; !slices.Equal(got, want) {
		t.Errorf("successors %q, want %q", got, want)
	}
	if l := table.Successors(Unit{Name: "Xã Không Có"}); l != nil {
		t.Errorf("successors of a unit that is not in the table: %v", l)
	}
}

func TestLoadFaults(t *testing.T) {
	head := strings.SplitAfter(history, "\n")[0]
	merge := strings.SplitAfter(mergers, "\n")[0]
	tests := []struct{ text, want string }{
		{"", "u.tsv:1: the file is empty"},
		{"a\tb\n", "u.tsv:1: the columns are neither"},
		{head + "1\tXã A\t2\n", "u.tsv:2: 3 cells, want 6"},
		{head + "\n\t\t2\tdistrict\t2021-11-01\t\n", "u.tsv:3:1: code is empty"},
		{head + "1\tXã A\t2\tvillage\t2021-11-01\t\n", `u.tsv:2:4: parent_level is "village"`},
		{head + "1\tXã A\t2\tdistrict\t2021-13-01\t\n", `u.tsv:2:5: first_effective is "2021-13-01"`},
		{head + "1\tXã A\t2\tdistrict\t2021-11-01\t2021-11-01\n", "u.tsv:2:6: gone_from 2021-11-01 is not after"},
		{merge + "1\tXã A\t2\tHuyện B\t3\tTỉnh C\t4\tXã D\t5\tTỉnh E\thalf\t\n", `u.tsv:2:11: kind is "half"`},
		{"[{\"Code\": \"1\"}]", "u.tsv:1: a province without Code or FullName"},
		{"[\n{\"Code\": \"1\", \"FullName\": \"Tỉnh A\",\n \"Wards\": [{\"Code\": \"2\"}]}]", "u.tsv:3: unit 1 of Tỉnh A has no Code or no FullName"},
		{"[\n{\"Code\": \"1\", \"FullName\": \"Tỉnh A\", \"Wards\": [{\"Code\": \"2\", \"FullName\": \"Xã B\", \"ProvinceCode\": \"3\"}]}]", "u.tsv:2: Xã B has ProvinceCode 3 but stands under 1"},
		{"[\n{\"Code\": ", "u.tsv:2: "},
	}
	for _, tt := range tests {
		table, err := Load(File{"u.tsv", strings.NewReader(tt.text)})
		if err == nil || !strings.Contains(err.Error(), tt.want) || table != nil {
			t.Errorf("%q:\ngot  %v\nwant %s", tt.text, err, tt.want)
		}
		var fault *Error
		if !errors.As(err, &fault) || fault.Line < 1 {
			t.Errorf("%q: no place given in %v", tt.text, err)
		}
	}
	_, err := Load(File{"u.tsv", strings.NewReader(head + strings.Repeat("x\n", 30))})
	if err == nil || strings.Count(err.Error(), "\n") != 20 || !strings.Contains(err.Error(), "and 10 more faults") {
		t.Errorf("many faults: %v", err)
	}
}

func TestSplitAndKey(t *testing.T) {
	tests := []struct {
		in   string
		typ  Type
		bare string
	}{
		{"Xã Quang Khải", Xa, "Quang Khải"},
		{"PHƯỜNG  PHÙ LIỄN", Phuong, "PHÙ LIỄN"},
		{"TX. Quảng Yên", ThiXa, "Quảng Yên"},
		{"TP.Thanh Hóa", ThanhPho, "Thanh Hóa"},
		{"TP Cần Thơ", ThanhPho, "Cần Thơ"},
		{"P. 4", Phuong, "4"},
		{"Thị Trấn Tứ Kỳ", ThiTran, "Tứ Kỳ"},
		{"đặc khu Phú Quốc", DacKhu, "Phú Quốc"},
		{"Quang Khải", "", "Quang Khải"},
		{"Xã", "", "Xã"},
		{"", "", ""},
	}
	for _, tt := range tests {
		if typ, bare := Split(tt.in); typ != tt.typ || bare != tt.bare {
			t.Errorf("%q: got %q, %q; want %q, %q", tt.in, typ, bare, tt.typ, tt.bare)
		}
	}
	for _, same := range [][]string{
		{"PHƯỜNG IV", "Phường 4", "P. 04", "P.4"},
		{"Xã Hoà Bình", "xã Hòa Bình", "XÃ HÒA BÌNH"},
		{"Phường Phan Rang - Tháp Chàm", "Phường Phan Rang-Tháp Chàm"},
	} {
		for _, s := range same {
			if Key(s) != Key(same[0]) {
				t.Errorf("%q and %q: %q and %q", s, same[0], Key(s), Key(same[0]))
			}
		}
	}
	if Key("Xã Tứ Kỳ") == Key("Thị trấn Tứ Kỳ") || Key("Phường 4") == Key("Phường 14") {
		t.Error("different units have one key")
	}
}

// The spellings are compared with folded text, so they must be folded.
func TestTypePrefixesAreFolded(t *testing.T) {
	for _, p := range typePrefixes {
		if vntext.Key(p.key) != p.key {
			t.Errorf("%q folds to %q", p.key, vntext.Key(p.key))
		}
		if p.typ.Level() == NoLevel {
			t.Errorf("%q has no level", p.typ)
		}
	}
}

func TestRoman(t *testing.T) {
	for n := 1; n < 40; n++ {
		if got, ok := number(Roman(n)); !ok || got != n {
			t.Errorf("%d: %s reads as %d, %v", n, Roman(n), got, ok)
		}
	}
	for _, s := range []string{"", "IIII", "VX", "Vi", "0", "XL"} {
		if n, ok := number(s); ok {
			t.Errorf("%q reads as %d", s, n)
		}
	}
}

func TestSuggest(t *testing.T) {
	units := []string{"Xã Quang Khải", "Xã Quang Phục", "Xã Tứ Kỳ", "Thị trấn Tứ Kỳ", "Xã Quảng Khai"}
	tests := []struct {
		name  string
		known []string
		n     int
		want  []string
	}{
		{"Xã Quang Khai", units, 2, []string{"Xã Quang Khải", "Xã Quảng Khai"}},
		{"xa tu ky", units, 1, []string{"Xã Tứ Kỳ"}},
		{"Xã Qunag Phục", units, 1, []string{"Xã Quang Phục"}},
		{"dossiers.recieved", []string{"dossiers.resolved", "dossiers.received", "staff.total"}, 2, []string{"dossiers.received", "dossiers.resolved"}},
		{"2023-5", []string{"2023-05", "2023-06", "2022-Q1"}, 1, []string{"2023-05"}},
		{"doss", []string{"dossiers.received", "staff.total"}, 3, []string{"dossiers.received"}},
		{"hoàn toàn khác", units, 3, nil},
		{"", units, 3, nil},
		{"Xã Tứ Kỳ", units, 0, nil},
	}
	for _, tt := range tests {
		if got := Suggest(tt.name, tt.known, tt.n); !slices.Equal(got, tt.want) {
			t.Errorf("%q: got %q, want %q", tt.name, got, tt.want)
		}
	}
}

// distance is a metric on short words: zero only for equals, symmetric, and never
// more than the longer word.
func FuzzDistance(f *testing.F) {
	f.Add("quang khai", "quang phuc")
	f.Add("ab", "ba")
	f.Add("", "x")
	f.Fuzz(func(t *testing.T, a, b string) {
		ra, rb := []rune(a), []rune(b)
		if len(ra) > 50 || len(rb) > 50 {
			return
		}
		d := distance(ra, rb)
		if d != distance(rb, ra) || (d == 0) != slices.Equal(ra, rb) || d > max(len(ra), len(rb)) {
			t.Errorf("%q, %q: %d", a, b, d)
		}
	})
}

// A table that is taken apart and put together again answers the same, and has
// the districts and provinces that were named.
func TestNew(t *testing.T) {
	a := load(t, history, mergers, current)
	b := New(a.Units(), a.Steps())
	for _, name := range a.Names("") {
		ua, errA := a.Resolve(name, nil, "2025-08-31")
		ub, errB := b.Resolve(name, nil, "2025-08-31")
		if !slices.Equal(names(ua), names(ub)) || (errA == nil) != (errB == nil) {
			t.Errorf("%s: %q, %v and %q, %v", name, names(ua), errA, names(ub), errB)
		}
	}
	levels := map[string]Level{}
	ids := map[string]bool{}
	for _, u := range b.Units() {
		levels[u.Name] = u.Level
		if ids[u.ID()] {
			t.Errorf("%s has the id of another unit", u)
		}
		ids[u.ID()] = true
	}
	for name, want := range map[string]Level{"Huyện Tứ Kỳ": District, "Tỉnh Hải Dương": Province, "Thành phố Hải Phòng": Province, "Xã Quang Khải": Commune} {
		if levels[name] != want {
			t.Errorf("%s is on level %s", name, levels[name])
		}
	}
}

// No input makes the loader panic, and a table that loads answers for its names.
func FuzzLoad(f *testing.F) {
	f.Add(history)
	f.Add(mergers)
	f.Add(current)
	f.Add("[{}]")
	f.Fuzz(func(t *testing.T, text string) {
		table, err := Load(File{"f", strings.NewReader(text)})
		if err != nil {
			return
		}
		for _, name := range table.Names("") {
			if _, err := table.Resolve(name, nil, ""); err != nil {
				t.Errorf("%q is in the table: %v", name, err)
			}
		}
	})
}

package db

import (
	"context"
	"strings"
	"testing"

	gazetteer "baocao/normalize/place"

	"baocao/db/check"
)

// The units are invented, but for those of the sample reports.
const placeHistory = `code	full_name	parent_code	parent_level	first_effective	gone_from
90001	Xã Mẫu Một	901	district	2021-11-01	2025-07-01
90002	Xã Mẫu Hai	901	district	2021-11-01	2025-07-01
`

const placeMergers = `old_code	old_name	old_district_code	old_district	old_province_code	old_province	new_code	new_name	new_province_code	new_province	kind	note
90001	Xã Mẫu Một	901	Huyện Mẫu	90	Tỉnh Mẫu	90001	Xã Mẫu	91	Tỉnh Mới	full	Nhập toàn bộ
90002	Xã Mẫu Hai	901	Huyện Mẫu	90	Tỉnh Mẫu	90001	Xã Mẫu	91	Tỉnh Mới	full	Nhập toàn bộ
`

func TestLoadPlaces(t *testing.T) {
	ctx := context.Background()
	d := openNew(t)
	if table := must[*gazetteer.Table](t)(d.Places(ctx, nil)); table.Len() != 0 {
		t.Fatalf("%d units in a new database", table.Len())
	}
	n, err := d.LoadPlaces(ctx, []PlaceFile{{"history.tsv", []byte(placeHistory)}}, false)
	if err != nil || n != 2 {
		t.Fatalf("%d units, %v", n, err)
	}
	// A second file is put together with the first; the same bytes again change nothing.
	n, err = d.LoadPlaces(ctx, []PlaceFile{{"mergers.tsv", []byte(placeMergers)}}, false)
	if err != nil || n != 6 {
		t.Fatalf("%d units, %v", n, err)
	}
	before := digest(t, d)
	if _, err := d.LoadPlaces(ctx, []PlaceFile{{"mergers.tsv", []byte(placeMergers)}}, false); err != nil || digest(t, d) != before {
		t.Errorf("the same list again changed the database, %v", err)
	}
	// Part of the table answers like the whole.
	part := must[*gazetteer.Table](t)(d.Places(ctx, []string{"xã mẫu hai"}))
	found, err := part.Resolve("Xã Mẫu Hai", nil, "2025-09-30")
	if err != nil || len(found) != 1 || found[0].Name != "Xã Mẫu" || found[0].Former != "Xã Mẫu Hai" {
		t.Errorf("found %v, %v", found, err)
	}
	if whole := part.Predecessors(found[0]); len(whole) != 2 {
		t.Errorf("predecessors are %v", whole)
	}
	// A list with a fault leaves everything as it was.
	_, err = d.LoadPlaces(ctx, []PlaceFile{{"bad.tsv", []byte("a\tb\n")}}, false)
	if err == nil || !strings.Contains(err.Error(), "bad.tsv:1") || digest(t, d) != before {
		t.Errorf("a bad list: %v", err)
	}
	lists := must[[]PlaceList](t)(d.PlaceLists(ctx))
	if len(lists) != 2 || lists[0].Name != "history.tsv" || lists[0].LoadedAt.IsZero() {
		t.Errorf("lists are %v", lists)
	}
	if n, err := d.LoadPlaces(ctx, []PlaceFile{{"mergers.tsv", []byte(placeMergers)}}, true); err != nil || n != 6 {
		t.Errorf("in place of all: %d units, %v", n, err)
	}
	if lists := must[[]PlaceList](t)(d.PlaceLists(ctx)); len(lists) != 1 {
		t.Errorf("lists are %v", lists)
	}
	sound(t, d)
}

// Spellings of one name are one unit, whichever comes first.
func TestUnitSpellings(t *testing.T) {
	spell := []string{"Xã Hoà Bình", "Xã Hòa Bình"}
	for _, first := range []int{0, 1} {
		d := openNew(t)
		a, b := may(), may()
		a.unit, b.unit = spell[first], spell[1-first]
		a.parents, b.parents = []string{"Huyện Mẫu", "Tỉnh Mẫu"}, []string{"Huyện Mẫu"}
		b.period, b.extra = "2023-06", "x"
		put(t, d, a.intake(t, "/a"), b.intake(t, "/b"))
		units := must[[]Unit](t)(d.Units(context.Background()))
		if len(units) != 1 || units[0].Reports != 2 || units[0].Label != a.unit {
			t.Errorf("%s first: units are %+v", a.unit, units)
		}
		c := a
		c.unit, c.period, c.extra = spell[1-first], "2023-07", "y"
		put(t, d, c.intake(t, "/c"))
		units = must[[]Unit](t)(d.Units(context.Background()))
		if len(units) != 1 || units[0].Reports != 3 || units[0].Label != min(spell[0], spell[1]) {
			t.Errorf("%s first: units are %+v", a.unit, units)
		}
		sound(t, d)
	}
}

// What findings cite is kept beside them.
func TestFindingFigures(t *testing.T) {
	d := openNew(t)
	exec(t, d, `INSERT INTO findings VALUES ('f', 'c', 'balance', 'error', '', 'X', '2023-05',
		'{"Figures": [{"Indicator": "a.b", "Value": "1"}, {"Indicator": "a.b", "Value": "1"}, {"Indicator": "", "Value": "2"}, {"Indicator": "c.d", "Value": "3", "Period": "2023-04"}]}', 1, '', '')`)
	count := func(want int) {
		t.Helper()
		var n int
		if err := d.r.QueryRow(`SELECT count(*) FROM finding_figures WHERE finding_id = 'f' AND indicator = 'a.b'`).Scan(&n); err != nil || n != want {
			t.Errorf("%d rows, %v, want %d", n, err, want)
		}
	}
	count(1)
	exec(t, d, `UPDATE findings SET content = '{"Figures": [{"Indicator": "a.b", "Value": "1"}, {"Indicator": "a.b", "Field": "land", "Value": "2"}]}' WHERE id = 'f'`)
	count(2)
	exec(t, d, `UPDATE findings SET content = '{"Figures": null}' WHERE id = 'f'`)
	count(0)
	// A check that is run again says the same again, and may cite one value twice.
	twice := []check.Finding{{ID: "g", Check: "c", Kind: check.Sum, Severity: check.Error, Period: "2023-05",
		Figures: []check.Cited{{Indicator: "a.b", Value: "1", Line: 1}, {Indicator: "a.b", Value: "1", Line: 2}}}}
	for range 2 {
		if _, err := d.SaveFindings(context.Background(), Scope{}, twice); err != nil {
			t.Fatal(err)
		}
	}
}

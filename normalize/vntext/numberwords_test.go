// This file tests numbers in words.

package vntext

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestParseWords(t *testing.T) {
	tests := []struct {
		in   string
		want int64
	}{
		{"không", 0}, {"một", 1}, {"năm", 5}, {"mười", 10}, {"mười một", 11}, {"mười lăm", 15},
		{"mười nhăm", 15}, {"hai mươi", 20}, {"hai mươi mốt", 21}, {"hai mươi tư", 24}, {"hai mươi bốn", 24},
		{"hăm hai", 22}, {"băm sáu", 36}, {"hai mốt", 21}, {"ba lăm", 35}, {"hai tư", 24},
		{"chín mươi chín", 99}, {"một trăm", 100}, {"một trăm linh năm", 105}, {"một trăm lẻ tư", 104},
		{"hai trăm rưỡi", 250}, {"trăm hai", 120}, {"một trăm hai", 120}, {"một trăm hai mốt", 121},
		{"ba trăm hai mươi lăm", 325}, {"một nghìn không trăm linh năm", 1005}, {"một ngàn lẻ một", 1001},
		{"hai nghìn ba", 2300}, {"hai nghìn ba trăm", 2300}, {"hai nghìn không trăm hai mươi ba", 2023},
		{"một triệu rưỡi", 1500000}, {"một triệu hai", 1200000}, {"hai tỷ ba trăm năm mươi triệu", 2350000000},
		{"hai nghìn tỷ", 2000000000000}, {"hai tỷ ba", 2300000000}, {"một tỷ rưỡi", 1500000000}, {"ba vạn", 30000},
		{"ba vạn năm nghìn", 35000}, {"hai chục", 20}, {"một tá", 12}, {"nghìn hai", 1200}, {"âm ba", -3},
		{"một tỷ tỷ", 1000000000000000000}, {"Một Trăm", 100},
	}
	for _, tt := range tests {
		if got, ok := ParseWords(Key(tt.in)); !ok || got != tt.want {
			t.Errorf("ParseWords(%q) = %d, %v, want %d", tt.in, got, ok, tt.want)
		}
	}
	for _, in := range []string{"", "hồ sơ", "một hồ", "một hai", "mười mười", "một nghìn một triệu", "một\tmột",
		"mươi", "linh năm", "một một", "rưỡi", "âm", "chín tỷ tỷ tỷ", "một, hai", "mười tỷ tỷ", "trăm trăm"} {
		if got, ok := ParseWords(Key(in)); ok {
			t.Errorf("ParseWords(%q) = %d, want none", in, got)
		}
	}
}

func TestWords(t *testing.T) {
	for n, want := range map[int64]string{
		0: "không", 5: "năm", 10: "mười", 15: "mười lăm", 21: "hai mươi mốt", 105: "một trăm linh năm",
		1005: "một nghìn không trăm linh năm", 2350000000: "hai tỷ ba trăm năm mươi triệu", -3: "âm ba",
		1000000001: "một tỷ không trăm linh một",
	} {
		if got := Words(n); got != want {
			t.Errorf("Words(%d) = %q, want %q", n, got, want)
		}
	}
}

// checkWords holds for every number: what Words writes, ParseWords and Scan read.
func checkWords(t *testing.T, n int64) {
	t.Helper()
	key := Key(Words(n))
	if got, ok := ParseWords(key); !ok || got != n {
		t.Fatalf("ParseWords(%q) = %d, %v, want %d", key, got, ok, n)
	}
}

func TestWordsRoundTrip(t *testing.T) {
	for n := int64(0); n < 20000; n++ {
		checkWords(t, n)
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 20000 {
		checkWords(t, r.Int64N(math.MaxInt64)>>r.IntN(63))
	}
	for n := int64(1); n > 0 && n < math.MaxInt64/10; n *= 10 {
		checkWords(t, n)
		checkWords(t, n-1)
		checkWords(t, n+1)
	}
	checkWords(t, math.MaxInt64)
	checkWords(t, math.MinInt64)
}

func FuzzNumberWords(f *testing.F) {
	f.Add(int64(1005), "hai nghìn ba")
	f.Add(int64(-7), "một tỷ tỷ rưỡi")
	f.Fuzz(func(t *testing.T, n int64, s string) {
		checkWords(t, n)
		key := Key(s)
		if v, ok := ParseWords(key); ok {
			if again, ok := ParseWords(Key(Words(v))); !ok || again != v {
				t.Fatalf("ParseWords(%q) = %d, but Words of it gives %d", key, v, again)
			}
		}
	})
}

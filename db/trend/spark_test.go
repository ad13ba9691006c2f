package trend

import "testing"

func TestSpark(t *testing.T) {
	for _, tt := range []struct {
		values []string
		want   string
	}{
		{[]string{"0", "7", "", "3.5"}, "▁█·▅"},
		{[]string{"5", "5"}, "▄▄"},
		{[]string{"5", ""}, ""},
		{nil, ""},
		{[]string{"-3", "x", "99999999999999999999"}, "▁·█"},
	} {
		if got := Spark(tt.values); got != tt.want {
			t.Errorf("%q: %q, want %q", tt.values, got, tt.want)
		}
	}
}

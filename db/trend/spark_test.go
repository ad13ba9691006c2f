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

func TestAddSubtract(t *testing.T) {
	for _, tt := range []struct{ got, want string }{
		{Add("1", "2.50", "-4"), "-0.50"}, {Add("99999999999999999999", "1"), "100000000000000000000"}, {Add(), ""}, {Add("1", ""), ""},
		{Subtract("5", "7.1"), "-2.1"}, {Subtract("0.3", "0.1"), "0.2"}, {Subtract("", "1"), ""}, {Subtract("1", "x"), ""},
	} {
		if tt.got != tt.want {
			t.Errorf("got %q, want %q", tt.got, tt.want)
		}
	}
}

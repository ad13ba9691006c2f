package main

import (
	"strings"
	"testing"
)

// A call that is not possible is an error of usage in the language asked for, with
// what is right.
func TestWrongCalls(t *testing.T) {
	for _, c := range []struct {
		args string
		want string
	}{
		{"rank dossiers.late", "số tham số không đúng (1); cách gọi: baocao rank CHỈ_TIÊU KỲ; xem baocao rank --help"},
		{"compare 2023-05 --lang en", "wrong number of arguments (1); call it as baocao compare EARLIER LATER; see baocao compare --help"},
		{"coverage x", "cách gọi: baocao coverage"},
		{"units load", "cách gọi: baocao units load TỆP..."},
		{"tren dossiers.received", "không có lệnh \"tren\"; có phải là: trend?"},
		{"nothing --lang en", "there is no command \"nothing\"; see baocao --help"},
		{"units lst", "không có lệnh \"units lst\"; có phải là: list?"},
		{"trend --nope", "không có tùy chọn --nope; xem baocao trend --help"},
		{"trend --last", "tùy chọn --last cần một giá trị"},
		{"trend --last x --lang en", "\"x\""},
	} {
		code, out, errOut := baocao(t, strings.Fields(c.args)...)
		if code != exitUsage || out != "" || !strings.Contains(errOut, c.want) {
			t.Errorf("%s: exit %d, %s%s", c.args, code, out, errOut)
		}
	}
	if code, out, errOut := baocao(t, "units"); code != exitFine || !strings.Contains(out, "load") || errOut != "" {
		t.Errorf("a group of commands: exit %d, %s%s", code, out, errOut)
	}
}

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A text that names neither unit nor period has them from its path, and follows it.
func TestMovedFileAsksTheNewPath(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(t.TempDir(), "x.db")
	place := func(unit, name string) string { return filepath.Join(dir, unit, name) }
	text := "BÁO CÁO\nKết quả công tác cải cách hành chính\nI. KẾT QUẢ\nTrong tháng, bộ phận một cửa đã tiếp nhận 239 hồ sơ, đã giải quyết 235 hồ sơ.\n"
	put(t, place("Xã Quang Khải", "bao cao thang 5 nam 2023.txt"), text)
	shows := func(want ...string) {
		t.Helper()
		code, out, errOut := baocao(t, "import", dir, "--db", file)
		if code != exitFine {
			t.Fatalf("exit %d: %s", code, errOut)
		}
		list := do(t, file, "show", "--format", "csv")
		for _, w := range want {
			if !strings.Contains(list, w) {
				t.Errorf("it lacks %q: %s%s%s", w, list, out, errOut)
			}
		}
		if n := strings.Count(strings.TrimSpace(list), "\n"); n != 1 {
			t.Errorf("%d reports: %s", n, list)
		}
	}
	shows("Xã Quang Khải", "2023-05")
	move := func(from, to string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(from, to); err != nil {
			t.Fatal(err)
		}
	}
	// It lay in the wrong folder, under the name of the wrong month.
	move(place("Xã Quang Khải", "bao cao thang 5 nam 2023.txt"), place("Xã Quang Phục", "bao cao thang 6 nam 2023.txt"))
	shows("Xã Quang Phục", "2023-06")
	// A place that says nothing leaves it as it is.
	move(place("Xã Quang Phục", "bao cao thang 6 nam 2023.txt"), place("", "x.txt"))
	shows("Xã Quang Phục", "2023-06")
	// And one that says it again is asked.
	move(place("", "x.txt"), place("Xã Quang Khải", "thang 7 nam 2023.txt"))
	shows("Xã Quang Khải", "2023-07")
	sound(t, file)
}

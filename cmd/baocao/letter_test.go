package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var fullLetter = []string{"letter", "xã quang khải", "5/2023", "--from", "Phòng Nội vụ", "--above", "Ủy ban nhân dân huyện Tứ Kỳ", "--symbol", "PNV",
	"--place", "Tứ Kỳ", "--date", "2023-06-05", "--deadline", "15/6/2023", "--signer-title", "Trưởng phòng", "--signer", "Nguyễn Thị Mẫu", "--copy-to", "UBND huyện"}

func TestLetter(t *testing.T) {
	file := archiveDB(t) // no check has run: the letter runs it
	text := do(t, file, append(append([]string{}, fullLetter...), "--severity", "warning")...)
	same(t, "letter.txt", text)
	if english := do(t, file, append(append([]string{}, fullLetter...), "--severity", "warning", "--lang", "en")...); english != text {
		t.Error("the letter depends on the language of messages")
	}
	for _, harsh := range []string{"sai", "lỗi", "vi phạm", "không thể"} {
		// Quotations are the office's own words.
		for i, part := range strings.Split(text, "“") {
			_, own, quoted := strings.Cut(part, "”")
			if i == 0 || !quoted {
				own = part
			}
			if strings.Contains(strings.ToLower(own), harsh) {
				t.Errorf("the letter says %q: %s", harsh, own)
			}
		}
	}
	same(t, "letter-blank.txt", do(t, file, "letter", "Xã Tứ Kỳ", "2025-10"))

	// What is decided is written about no more.
	list := findings(t, file)
	do(t, file, "findings", "accept", list[balanceKey].Short, "--by-whom", "Lan")
	if text := do(t, file, fullLetter...); strings.Contains(text, "Cân đối hồ sơ") || !strings.Contains(text, "1. ") {
		t.Errorf("an accepted finding is still in the letter: %s", text)
	}
}

func TestLetterFiles(t *testing.T) {
	file := archiveDB(t)
	dir := t.TempDir()
	path := filepath.Join(dir, "công văn.docx")
	do(t, file, append(append([]string{}, fullLetter...), "--out", path)...)
	out := do(t, file, "read", path)
	at := 0
	for _, want := range []string{"PHÒNG NỘI VỤ", "V/v đề nghị rà soát, đính chính số liệu", "Kính gửi: Ủy ban nhân dân xã Quang Khải",
		"Qua đối chiếu Báo cáo số 58/BC-UBND ngày 31/5/2023", "1. Cân đối hồ sơ không khớp", "Trang 3, mục I.3: “", "Đã tiếp nhận 239 hồ sơ",
		"(239) + hồ sơ kỳ trước chuyển sang (21) = 260", "trước ngày 15/6/2023", "./.", "Nơi nhận:", "- UBND huyện;", "Nguyễn Thị Mẫu"} {
		i := strings.Index(out[at:], want)
		if i < 0 {
			t.Fatalf("%q is not where it should be in\n%s", want, out)
		}
		at += i
	}
	first, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	code, _, errOut := baocao(t, append(append([]string{}, fullLetter...), "--out", path, "--db", file)...)
	if code != exitUsage || !strings.Contains(errOut, "--force") {
		t.Errorf("a letter that exists: exit %d: %s", code, errOut)
	}
	do(t, file, append(append([]string{}, fullLetter...), "--out", path, "--force")...)
	again, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(first) != string(again) {
		t.Error("the same letter gives another file")
	}
	do(t, file, append(append([]string{}, fullLetter...), "--out", filepath.Join(dir, "cong-van.txt"))...)
	for _, c := range []struct {
		args []string
		code int
		want string
	}{
		{[]string{"Xã Quang Khải", "2023-05", "--out", filepath.Join(dir, "a.pdf")}, exitUsage, ".docx"},
		{[]string{"Xã Quang Khải", "2023-05", "--out", filepath.Join(dir, "none", "a.docx")}, exitFailed, "a.docx"},
		{[]string{"Xã Quang Khải", "2023-04", "--out", filepath.Join(dir, "b.docx")}, exitFailed, "không có mâu thuẫn"},
		{[]string{"Xã Quang Khải", "1999-04"}, exitUsage, "1999-04"},
		{[]string{"Xã Quang Khải", "2025-10"}, exitUsage, "không có báo cáo"},
		{[]string{"Xã Quang Khai Hai", "2023-05"}, exitUsage, "Xã Quang Khải"},
		{[]string{"Xã Quang Khải"}, exitUsage, "baocao letter ĐƠN_VỊ KỲ"},
		{[]string{"Xã Quang Khải", "2023-05", "--date", "31/6/2023"}, exitUsage, "--date"},
		{[]string{"Xã Quang Khải", "2023-05", "--deadline", "mai"}, exitUsage, "--deadline"},
		{[]string{"Xã Quang Khải", "2023-05", "--severity", "grave"}, exitUsage, "grave"},
		{[]string{"Xã Quang Khải", "2023-05", "--format", "json"}, exitUsage, "--format"},
	} {
		code, out, errOut := baocao(t, append(append([]string{"letter"}, c.args...), "--db", file)...)
		if code != c.code || !strings.Contains(errOut, c.want) || out != "" {
			t.Errorf("%v: exit %d: %s%s", c.args, code, out, errOut)
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != 2 {
		t.Errorf("%d files are left, want the letter and its text", len(entries))
	}
}

// This file measures folding and scanning.

package vntext

import (
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

// benchText is a report's paragraph, as it is printed.
var benchText = strings.Repeat(`Kết quả giải quyết thủ tục hành chính từ ngày 01/05/2023 đến ngày 30/5/2023: Đã tiếp nhận 239 hồ sơ,
hồ sơ kỳ trước chuyển sang giải quyết 21 hồ sơ; đã giải quyết trả trước và đúng hạn 235/235 hồ sơ đạt tỷ lệ 98,5%; Uỷ ban nhân dân
xã thực hiện Quyết định số 895/QĐ-UBND ngày 15/5/2023 của UBND tỉnh về việc công khai thủ tục hành chính thuộc thẩm quyền giải quyết.
`, 100)

func BenchmarkFold(b *testing.B) {
	b.SetBytes(int64(len(benchText)))
	for b.Loop() {
		Fold(benchText)
	}
}

func BenchmarkFoldClean(b *testing.B) {
	text := Key(benchText)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Fold(text)
	}
}

func BenchmarkFoldDecomposed(b *testing.B) {
	text := norm.NFD.String(benchText)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Fold(text)
	}
}

func BenchmarkScan(b *testing.B) {
	text := Key(benchText)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Scan(text)
	}
}

func BenchmarkScanNumbers(b *testing.B) {
	text := strings.Repeat("1,2,3,4/5-6 7.8.9 từ 1/2 đến năm mười ", 2000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Scan(text)
	}
}

package vntext

// This file holds what is counted in reports, so that a word such as "hai" is read
// as a number only where it counts something.

import "strings"

// countedNouns are things that a number may stand before, one a line.
const countedNouns = `hồ sơ
hs
thủ tục
tthc
quy trình
dịch vụ công
dvc
cuộc
hội nghị
hội thảo
người
công dân
cán bộ
công chức
viên chức
cbcc
đảng viên
đại biểu
phiếu
văn bản
quyết định
nghị quyết
công văn
kế hoạch
báo cáo
thông báo
tờ trình
chương trình
đề án
trường hợp
lượt
nhiệm vụ
nội dung
chỉ tiêu
tiêu chí
buổi
lớp
đồng chí
tổ công nghệ
tổ công tác
tổ cnscđ
tổ dân phố
máy
thiết bị
tài khoản
chứng thư
đơn thư
đơn vị
đơn
vụ việc
vụ
tin
bài
phản ánh
kiến nghị
pakn
ý kiến
khiếu nại
tố cáo
sáng kiến
mô hình
giải pháp
cơ quan
phòng
thôn
xóm
ấp
khu dân cư
khu phố
hộ
doanh nghiệp
hợp tác xã
lĩnh vực
tồn tại
thiếu sót
sai sót
khuyết điểm
bộ phận
khối phố
suất
nhân viên
hộp thư
tiến sĩ
thạc sĩ
thư xin lỗi
giấy
bản
bộ
chữ ký
tấm
pano
băng rôn
khẩu hiệu
tờ rơi
đợt
lao động
học sinh
đối tượng
dự án
công trình
triệu đồng
đồng
điểm
nghị định
thông tư
hòm thư
hộp thư
địa chỉ
suất
biên chế
nhân viên
thạc sĩ
tiến sĩ
cử nhân
khối phố
khóm
buôn
tổ cns
tổ cnscđ
tổ chuyển đổi số
đầu việc
khuyết điểm
thiếu sót
hạn chế
bộ phận
camera
máy tính
máy in
máy quét
video
clip
chuyên mục
chuyên đề
bình luận
tổ chức hội
cuộc họp
đoàn
ngày làm việc
ngày
tháng
năm`

// notCounted are continuations that take a counted noun away from its number: "một
// bộ phận" is a part, "một tin nhắn" may be one but is never a report's figure.
const notCounted = `bộ máy
đơn giản
bản thân
bản chất
phòng chống
điểm mới
điểm sáng
lớp học
máy móc
tin tưởng
hộ tịch
hộ khẩu
ngày càng
năm nay
đoàn thể`

// A nounTable maps the first syllable of an entry to the rests of all its entries.
type nounTable map[string][]string

var (
	nouns    = buildNouns(countedNouns)
	nonNouns = buildNouns(notCounted)
)

func buildNouns(list string) nounTable {
	t := nounTable{}
	for _, line := range strings.Split(list, "\n") {
		first, rest, _ := strings.Cut(Key(line), " ")
		t[first] = append(t[first], rest)
	}
	return t
}

// find tells whether text, which begins with the word first, begins with an entry.
func (t nounTable) find(text string, first int) bool {
	for _, rest := range t[text[:first]] {
		if rest == "" {
			return true
		}
		tail := text[first:]
		if len(tail) > len(rest) && tail[0] == ' ' && tail[1:1+len(rest)] == rest && wordEnds(tail[1+len(rest):]) {
			return true
		}
	}
	return false
}

// wordEnds tells whether no letter stands at the beginning of text.
func wordEnds(text string) bool {
	if text == "" {
		return true
	}
	r, _ := decodeLetter(text)
	return !isLetter(r)
}

// set makes a set of the words of a text.
func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

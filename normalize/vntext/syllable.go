package vntext

// This file knows which letters make a Vietnamese syllable, and how much of a text
// reads like one.

import (
	"unicode"
	"unicode/utf8"
)

// rimes lists the rimes of Vietnamese without tone marks, by what stands before
// them: i and y spellings both.
var rimes = set(`a ac ach ai am an ang anh ao ap at au ay ăc ăk ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot
ô ôc ôi ôm ôn ông ôp ôt ôông ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt up ut
uơ uy uya uych uyên uyêt uyn uynh uyp uyt uyu uăn ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
y yê yêm yên yêng yêt yêu ym yn yt ynh yu ay`)

// glideRimes lists what may follow the onset qu, whose u is a glide.
var glideRimes = set(`a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eo et ê êch ên ênh êt êu
i ich in inh it iu o ôc ơ ơn ơt y yên yêt ynh yt yp yn ych yêc eng`)

// IsVietnameseSyllable tells whether key, one folded word, is built like a Vietnamese
// syllable: a possible onset, a possible rime, and in rimes that end in a stop (c, ch,
// p, t) only the tones sắc and nặng. It knows no words: "ngoét" is one.
func IsVietnameseSyllable(key string) bool {
	var syl syllable
	var ls [maxSyllable]letter
	for i := 0; i < len(key); {
		r, n := decodeLetter(key[i:])
		l := letterOf(r)
		if l == 0 || l&letterUpper != 0 || syl.n == maxSyllable-1 {
			return false
		}
		ls[syl.n] = l
		syl.r[syl.n] = r
		syl.n++
		i += n
	}
	n, i := syl.n, 0
	for i < n && !ls[i].isVowel() {
		i++
	}
	if i == n || !isOnset(syl.r[:i]) {
		return false
	}
	switch {
	case syl.r[0] == 'q':
		return ls[i].row() == vowelU && ls[i].tone() == toneNone && syl.isRime(&ls, i+1, glideRimes, "q")
	case i == 1 && syl.r[0] == 'g' && ls[i].row() == vowelI && ls[i].tone() == toneNone && syl.isRime(&ls, i+1, rimes, "gi"):
		return true // gi before a vowel; giêng keeps one i for both
	}
	return syl.isRime(&ls, i, rimes, string(syl.r[:i]))
}

// isRime tells whether the letters from i on are a rime of the table that may follow
// the onset, with at most one tone, and that a tone the rime can have.
func (s *syllable) isRime(ls *[maxSyllable]letter, i int, table map[string]bool, onset string) bool {
	if i >= s.n {
		return false
	}
	var buf [maxSyllable * utf8.UTFMax]byte
	rime := buf[:0]
	found, tones := toneNone, 0
	for ; i < s.n; i++ {
		r := s.r[i]
		if ls[i].isVowel() {
			if t := ls[i].tone(); t != toneNone {
				found = t
				tones++
			}
			r = vowels[ls[i].row()][toneNone]
		}
		rime = utf8.AppendRune(rime, r)
	}
	if tones > 1 || !table[string(rime)] {
		return false
	}
	switch last := s.r[s.n-1]; {
	case last == 'c', last == 'p', last == 't', last == 'k', last == 'h' && s.r[s.n-2] == 'c':
		if found != toneAcute && found != toneDot {
			return false
		}
	}
	return fitsOnset(onset, rime)
}

// fitsOnset checks the spellings that depend on the next vowel: k gh ngh stand before
// e ê i y, c g ng before the others.
func fitsOnset(onset string, rime []byte) bool {
	r, _ := utf8.DecodeRune(rime)
	front := r == 'e' || r == 'ê' || r == 'i' || r == 'y'
	switch onset {
	case "k", "gh", "ngh":
		return front
	case "c", "ng":
		return !front
	case "g":
		return !front || r == 'i'
	}
	return true
}

// commonWords are the syllables that papers of an administration are full of, folded.
var commonWords = buildCommon(`và của các có được trong là cho với không theo về đã tại từ đến người số năm thực hiện
công tác chính hành quy định xã dân nhân ban ủy hội đồng quyết ngày tháng huyện tỉnh phường thành phố cải cách thủ tục hồ sơ giải
kết quả tổ chức cán bộ nhà nước quản lý việc nhiệm vụ kế hoạch báo cáo đảm bảo triển khai tiếp tục nâng cao chất lượng hoạt động
tuyên truyền chỉ đạo điều kiểm tra rà soát văn bản pháp luật thông tin lĩnh vực tiếp nhận trả một cửa liên trực tuyến dịch mức độ đúng
hạn trước quá đạt tỷ lệ phản ánh kiến nghị cơ quan đơn vị cấp trên địa bàn phòng chủ tịch kinh tế xây dựng phát sử dụng ứng công nghệ
những này để khi do ra vào cũng như lại còn đang sẽ phải đó nhiều sau hoặc gồm tổng kỳ toàn mới thôn phó đất đai an ninh trật tự
quốc gia điện tử số hóa khảo sát hài lòng đánh giá nội dung yêu cầu hướng dẫn bổ sung thời gian làm`)

func buildCommon(list string) map[string]bool { return set(Key(list)) }

// CommonShare measures whether text reads like Vietnamese of an administration. It
// returns, of the words of text, the share that is among the commonest syllables (good
// text: about 0.5) and the share that is one letter (good text: about 0.02), and of
// the characters other than white space, the share that no text should hold: U+FFFD,
// control characters, private use, invalid bytes. An empty text gives zeros.
func CommonShare(text string) (common, oneLetter, bad float64) {
	characters, wrong := 0, 0
	for _, r := range text {
		if r == '\t' || unicode.IsSpace(r) {
			continue
		}
		characters++
		if r == utf8.RuneError || unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Co, r) {
			wrong++
		}
	}
	if characters == 0 {
		return 0, 0, 0
	}
	words, known, single := 0, 0, 0
	key := Key(text)
	for i := 0; i < len(key); {
		r, n := decodeLetter(key[i:])
		if !isLetter(r) {
			i += n
			continue
		}
		start, letters := i, 0
		for i < len(key) {
			r, n := decodeLetter(key[i:])
			if !isLetter(r) {
				break
			}
			letters++
			i += n
		}
		words++
		if letters == 1 {
			single++
		}
		if commonWords[key[start:i]] {
			known++
		}
	}
	if words > 0 {
		common, oneLetter = float64(known)/float64(words), float64(single)/float64(words)
	}
	return common, oneLetter, float64(wrong) / float64(characters)
}

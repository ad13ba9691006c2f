// This file tests what counts as a Vietnamese syllable.

package vntext

import (
	"strings"
	"testing"
)

func TestIsVietnameseSyllable(t *testing.T) {
	for _, s := range strings.Fields(`a á ở ý hồ sơ thủ tục hành chính nghiêng nghị quyết quý quí kĩ kỹ giữa giờ gì gìn giêng giếng già khuya khuỷu
		hoàn hòa thủy thuyền huỳnh ngoài ngoèo đạt đến ủy ban được trong người những xã huyện tỉnh phường thôn xóm đắk quốc quyền quyển
		xoong yêu yến uống ướt uyển tuyệt nghĩa ngành kê kể ghế gà cá cách thích bịch ếch lượt tiếp nhận trả kết quả lí lý luỹ`) {
		if !IsVietnameseSyllable(Key(s)) {
			t.Errorf("%q is no syllable", s)
		}
	}
	for _, s := range strings.Fields(`b ubnd qđ tthc abc file web zalo bch kthuật tẹê hồsơ đạng1 ngi cê kà gê ghà nghàn tiep hoc tâc tac mạt.
		càc quế1 q qu thànhphố nghiêngg aa uu ww fa ja`) {
		if IsVietnameseSyllable(Key(s)) {
			t.Errorf("%q is a syllable", s)
		}
	}
	if IsVietnameseSyllable("") || IsVietnameseSyllable("\xff") || IsVietnameseSyllable("Hồ") {
		t.Error("an empty, broken or unfolded word is a syllable")
	}
}

func TestCommonShare(t *testing.T) {
	common, one, bad := CommonShare(benchText)
	if common < 0.5 || one > 0.05 || bad != 0 {
		t.Errorf("good text: %.2f common, %.2f of one letter, %.2f bad", common, one, bad)
	}
	common, one, _ = CommonShare(encode(t, TCVN3, benchText))
	if common > 0.17 || one < 0.12 {
		t.Errorf("text in TCVN3: %.2f common, %.2f of one letter", common, one)
	}
	if _, _, bad = CommonShare("a\uFFFD\uF0B7\x01 \t\n"); bad != 0.75 {
		t.Errorf("3 of 4 characters are bad, got %.2f", bad)
	}
	if common, one, bad = CommonShare(" \n\t"); common != 0 || one != 0 || bad != 0 {
		t.Errorf("empty text: %f %f %f", common, one, bad)
	}
	if common, one, _ = CommonShare("12 345"); common != 0 || one != 0 {
		t.Errorf("text without words: %f %f", common, one)
	}
}

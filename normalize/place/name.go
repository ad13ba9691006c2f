// This file takes the names of units apart and makes them comparable.

package place

import (
	"strconv"
	"strings"

	"baocao/normalize/vntext"
)

// Level is the tier of the administration.
type Level uint8

const (
	NoLevel Level = iota
	Commune
	District
	Province
)

// String names the level for messages.
func (l Level) String() string {
	return [...]string{"unknown", "commune", "district", "province"}[l]
}

// LevelOf is the inverse of String; what is no level is NoLevel.
func LevelOf(name string) Level {
	for l := Commune; l <= Province; l++ {
		if l.String() == name {
			return l
		}
	}
	return NoLevel
}

// Type is a kind of unit as it stands before the name, capitalised as in a
// canonical name ("Xã", "Thị trấn"). "Thành phố" is a province or a district.
type Type string

const (
	Xa       Type = "Xã"
	Phuong   Type = "Phường"
	ThiTran  Type = "Thị trấn"
	DacKhu   Type = "Đặc khu"
	Huyen    Type = "Huyện"
	Quan     Type = "Quận"
	ThiXa    Type = "Thị xã"
	ThanhPho Type = "Thành phố"
	Tinh     Type = "Tỉnh"
)

// Level says on which tier units of the type stand. A city may be a province or
// a district: it counts as a district unless its name is known otherwise.
func (t Type) Level() Level {
	switch t {
	case Xa, Phuong, ThiTran, DacKhu:
		return Commune
	case Huyen, Quan, ThiXa, ThanhPho:
		return District
	case Tinh:
		return Province
	}
	return NoLevel
}

// typePrefix is one spelling of a type before a name, as vntext.Key folds it.
type typePrefix struct {
	key string
	typ Type
}

// typePrefixes lists the spellings. Those of two words come first; of two
// abbreviations the one with its stop.
var typePrefixes = [...]typePrefix{
	{"thành phố", ThanhPho}, {"thị trấn", ThiTran}, {"đặc khu", DacKhu}, {"thị xã", ThiXa},
	{"phường", Phuong}, {"huyện", Huyen}, {"quận", Quan}, {"tỉnh", Tinh}, {"xã", Xa},
	{"tp.", ThanhPho}, {"tx.", ThiXa}, {"tt.", ThiTran}, {"tp", ThanhPho}, {"tx", ThiXa}, {"tt", ThiTran},
	{"p.", Phuong}, {"h.", Huyen}, {"q.", Quan}, {"x.", Xa}, {"t.", Tinh},
}

// Split parts a name into its type and the name proper: "TX. Quảng Yên" gives
// "Thị xã" and "Quảng Yên". A name without a type comes back whole with "".
func Split(name string) (Type, string) {
	words := strings.Fields(name)
	if len(words) == 0 {
		return "", ""
	}
	one := vntext.Key(words[0])
	two := ""
	if len(words) > 1 {
		two = one + " " + vntext.Key(words[1])
	}
	for _, p := range typePrefixes {
		switch {
		case p.key == two && len(words) > 2:
			return p.typ, strings.Join(words[2:], " ")
		case p.key == one && len(words) > 1:
			return p.typ, strings.Join(words[1:], " ")
		case strings.HasSuffix(p.key, ".") && len(one) > len(p.key) && strings.HasPrefix(one, p.key):
			// The abbreviation touches the name: "TX.Quảng Yên".
			_, rest, _ := strings.Cut(words[0], ".")
			return p.typ, strings.Join(append([]string{rest}, words[1:]...), " ")
		}
	}
	return "", strings.Join(words, " ")
}

// Key makes two spellings of one name equal: "PHƯỜNG IV", "Phường 4" and
// "P. 04" give one key, and so do "Hoà Bình" and "Hòa Bình". The type is part of
// the key where the name has one.
func Key(name string) string {
	typ, bare := Split(name)
	key := bareKey(bare)
	if typ != "" {
		key = strings.ToLower(string(typ)) + " " + key
	}
	return key
}

// BareKey is Key without the type: "Xã Tứ Kỳ" and "Thị trấn Tứ Kỳ" have the same.
func BareKey(name string) string {
	_, bare := Split(name)
	return bareKey(bare)
}

func bareKey(bare string) string {
	if n, ok := number(bare); ok {
		return strconv.Itoa(n)
	}
	key := vntext.Key(bare)
	// The stroke in "Phan Rang - Tháp Chàm" is printed with and without spaces.
	for _, dash := range []string{" - ", " -", "- "} {
		key = strings.ReplaceAll(key, dash, "-")
	}
	return key
}

// number reads a name that is a number ("4", "04", "IV").
func number(s string) (int, bool) {
	if n, err := strconv.Atoi(s); err == nil && n > 0 && len(s) <= 3 {
		return n, true
	}
	n := 0
	for i := 0; i < len(s); i++ {
		v := romanValue(s[i])
		if v == 0 {
			return 0, false
		}
		if i+1 < len(s) && v < romanValue(s[i+1]) {
			n -= v
		} else {
			n += v
		}
	}
	return n, n > 0 && n < 40 && Roman(n) == s
}

func romanValue(c byte) int {
	switch c {
	case 'I':
		return 1
	case 'V':
		return 5
	case 'X':
		return 10
	}
	return 0
}

// Roman writes 1..39 in Roman numerals.
func Roman(n int) string {
	ones := []string{"", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"}
	if n < 1 || n > 39 {
		return ""
	}
	return strings.Repeat("X", n/10) + ones[n%10]
}

// This file decodes the names of files in archives that older programs wrote.
package ingest

import (
	"archive/zip"
	"encoding/binary"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// decodeName gives the name of a file in an archive, in NFC. The name is UTF-8
// if it says so or can be; else it is in the code page of the PC that wrote it:
// 1258 on a Vietnamese one, if that gives Vietnamese, else 437 as the format says.
func decodeName(f *zip.File) string {
	if name, ok := unicodeExtra(f.Extra); ok {
		return norm.NFC.String(name)
	}
	if utf8.ValidString(f.Name) {
		return norm.NFC.String(f.Name)
	}
	if name, err := charmap.Windows1258.NewDecoder().String(f.Name); err == nil {
		if name = norm.NFC.String(name); isVietnamese(name) {
			return name
		}
	}
	name, err := charmap.CodePage437.NewDecoder().String(f.Name)
	if err != nil { // every byte is a letter of this code page
		return strings.ToValidUTF8(f.Name, "\uFFFD")
	}
	return norm.NFC.String(name)
}

// unicodeExtra finds the name that Info-ZIP and 7-Zip put beside one in a code
// page (extra field 0x7075: version, checksum, name).
func unicodeExtra(extra []byte) (string, bool) {
	for len(extra) >= 4 {
		id, size := binary.LittleEndian.Uint16(extra), int(binary.LittleEndian.Uint16(extra[2:]))
		if extra = extra[4:]; size > len(extra) {
			return "", false
		}
		if id == 0x7075 && size > 5 && extra[0] == 1 && utf8.Valid(extra[5:size]) {
			return string(extra[5:size]), true
		}
		extra = extra[size:]
	}
	return "", false
}

// isVietnamese says whether all letters that are not ASCII are Vietnamese ones.
func isVietnamese(s string) bool {
	const letters = "ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
	for _, r := range s {
		if r >= utf8.RuneSelf && !strings.ContainsRune(letters, unicode.ToLower(r)) && r != '–' && r != '’' {
			return false
		}
	}
	return true
}

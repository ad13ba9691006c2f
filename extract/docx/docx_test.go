package docx

import (
	"fmt"
	"strings"
	"testing"

	"baocao/extract/document"
)

func TestParagraphText(t *testing.T) {
	field := func(kind string) string { return `<w:r><w:fldChar w:fldCharType="` + kind + `"/></w:r>` }
	code := func(s string) string { return `<w:r><w:instrText>` + s + `</w:instrText></w:r>` }
	box := func(text string) string { return `<w:txbxContent>` + p(r(text)) + `</w:txbxContent>` }
	for _, c := range []struct{ name, body, want string }{
		{"split runs", p(r("Đã tiếp nhận 2"), r("39 hồ"), `<w:proofErr w:type="spellEnd"/>`, r(" sơ")), "Đã tiếp nhận 239 hồ sơ\n"},
		{"white space is kept only when preserved", p(`<w:r><w:t> 239 </w:t></w:r>`, r(" hồ sơ")), "239 hồ sơ\n"},
		{"line ends in the XML are no line breaks", p(r("239\n hồ sơ")), "239  hồ sơ\n"},
		{"entities", p(r("Thi đua &amp; Khen thưởng &lt;2%&gt; &#7899;&#x1EDB;")), "Thi đua & Khen thưởng <2%> ớớ\n"},
		{"character data", p(`<w:r><w:t><![CDATA[a < b]]></w:t></w:r>`), "a < b\n"},
		{"empty paragraphs", p() + p(r("  ")) + p(r("a")), "a\n"},
		{"non-breaking hyphen", p(r("Tư pháp"), `<w:r><w:noBreakHyphen/></w:r>`, r("Hộ tịch")), "Tư pháp-Hộ tịch\n"},
		{"soft hyphen is not shown", p(r("hồ"), `<w:r><w:softHyphen/></w:r>`, r(" sơ")), "hồ sơ\n"},
		{"symbols", p(`<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>`, r(" đạt "), `<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>`, r(" 90%")), "✓ đạt ≥ 90%\n"},
		{"private signs in text", p(rp(`<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>`, "\uF0B7"), r(" ý")), "• ý\n"},
		{"deletion and insertion", p(r("Có "), `<w:del>`+`<w:r><w:delText>99</w:delText></w:r><w:r><w:t>98</w:t></w:r></w:del>`, `<w:ins>`+r("07")+`</w:ins>`, r(" hồ sơ")), "Có 07 hồ sơ\n"},
		{"moved text is read where it went", `<w:moveFrom>` + p(r("cũ")) + `</w:moveFrom>` + p(`<w:moveFrom>`+r("Ba")+`</w:moveFrom>`, `<w:moveTo>`+r("Hai")+`</w:moveTo>`), "Hai\n"},
		{"deleted paragraph mark joins", p(`<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>`, r("một ")) + p(r("hai")), "một hai\n"},
		{"deleted mark at the end", p(`<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>`, r("một")), "một\n"},
		{"hidden text", p(r("a"), rp(`<w:vanish/>`, "ẩn"), rp(`<w:vanish w:val="0"/>`, "b")), "ab\n"},
		{"capitals", p(rp(`<w:caps/>`, "Xã Quang Khải")), "XÃ QUANG KHẢI\n"},
		{"raised digits do not join a figure", p(r("239"), rp(`<w:vertAlign w:val="superscript"/>`, "1"), r(" và m"), rp(`<w:vertAlign w:val="superscript"/>`, "2")), "239¹ và m2\n"},
		{"field code dropped, result kept", p(field("begin"), code(" MERGEFIELD so "), field("separate"), r("12"), field("end"), r(" hồ sơ")), "12 hồ sơ\n"},
		{"nested fields", p(field("begin"), code("IF "), field("begin"), code("X"), field("separate"), r("1"), field("end"), code("=1"), field("separate"), r("đúng"), field("end")), "đúng\n"},
		{"page number field dropped", p(r("Trang "), field("begin"), code("PAGE"), field("separate"), r("7"), field("end")), "Trang\n"},
		{"field over two paragraphs", p(field("begin"), code("TOC"), field("separate"), r("a")) + p(r("b"), field("end")) + p(r("c")), "a\nb\nc\n"},
		{"simple fields", p(`<w:fldSimple w:instr=" PAGE ">`+r("3")+`</w:fldSimple>`, `<w:fldSimple w:instr="DATE">`+r("31/5")+`</w:fldSimple>`), "31/5\n"},
		{"hyperlinks, controls and tags", p(`<w:hyperlink>`+r("a")+`</w:hyperlink>`, `<w:sdt><w:sdtPr/><w:sdtContent>`+r("b")+`</w:sdtContent></w:sdt>`, `<w:smartTag>`+r("c")+`</w:smartTag>`), "abc\n"},
		{"block content control", `<w:sdt><w:sdtContent>` + p(r("a")) + `</w:sdtContent></w:sdt>`, "a\n"},
		{"bullet with tab", p(r("-"), `<w:r><w:tab/></w:r>`, r("Tiếp tục")), "- Tiếp tục\n"},
		{"number with tab", p(r("2.1."), `<w:r><w:tab/></w:r>`, r("Cải cách thể chế")), "2.1. Cải cách thể chế\n"},
		{"indent by tab", p(`<w:r><w:tab/></w:r>`, r("Tiếp tục")), "Tiếp tục\n"},
		{"side by side by tabs", p(r("Nơi nhận:"), `<w:r><w:tab/></w:r><w:r><w:tab/></w:r>`, r("CHỦ TỊCH")), "Nơi nhận:\tCHỦ TỊCH\n"},
		{"tab in running text", p(r(strings.Repeat("thực hiện ", 10)), `<w:r><w:tab/></w:r>`, r("tốt")), strings.Repeat("thực hiện ", 10) + "tốt\n"},
		{"line break before a new item", p(r("- Một;"), `<w:r><w:br/></w:r>`, r("- Hai.")), "- Một;\n- Hai.\n"},
		{"line break inside a sentence", p(r("đã tiếp nhận"), `<w:r><w:br/></w:r>`, r("và trả kết quả")), "đã tiếp nhận và trả kết quả\n"},
		{"text box once", p(r("a"), `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><wps:txbx>`+box("Dự thảo")+`</wps:txbx></mc:Choice><mc:Fallback><w:pict><v:textbox>`+box("Dự thảo")+`</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>`), "a\nDự thảo\n"},
		{"text box of old Word", p(`<w:r><w:pict><v:textbox>`+box("Mật")+`</v:textbox></w:pict></w:r>`, r("b")), "b\nMật\n"},
		{"fallback alone", `<mc:AlternateContent><mc:Fallback>` + p(r("a")) + `</mc:Fallback></mc:AlternateContent>`, "a\n"},
		{"formula", p(`<m:oMath><m:f><m:num><m:r><m:t>235</m:t></m:r></m:num><m:den><m:r><m:t>239</m:t></m:r></m:den></m:f></m:oMath>`), "235/239\n"},
		{"ruby", p(`<w:r><w:ruby><w:rt>` + r("x") + `</w:rt><w:rubyBase>` + r("a") + `</w:rubyBase></w:ruby></w:r>`), "a\n"},
		{"changes of formatting", p(`<w:pPr><w:pPrChange><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:pPrChange></w:pPr>`, rp(`<w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange>`, "a")), "a\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := readPack(t, wordPack(c.body)).Text; got != c.want {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

func TestTables(t *testing.T) {
	span := func(n int) string { return fmt.Sprintf(`<w:gridSpan w:val="%d"/>`, n) }
	const begin, goes = `<w:vMerge w:val="restart"/>`, `<w:vMerge/>`
	for _, c := range []struct{ name, body, want string }{
		{"rows", lined(tr(tc("", p(r("1"))), tc("", p(r("Hộ tịch"))), tc("", p(r("41")))), tr(tc("", p(r("2"))), tc("", p(r("Đất đai"))), tc("", p()))), "1\tHộ tịch\t41\n2\tĐất đai\t\n"},
		{"merged cells", lined(
			tr(tc(begin, p(r("STT"))), tc(span(2), p(r("Kết quả"))), tc(begin, p(r("Ghi chú")))),
			tr(tc(goes, p()), tc("", p(r("Tháng"))), tc("", p(r("Năm"))), tc(goes, p(r("thừa"))))),
			"STT\tKết quả\t\tGhi chú\n\tTháng\tNăm\t\n"},
		{"several paragraphs in a data cell", lined(tr(tc("", p(r("Tổng")), p(r("số"))), tc("", p(r("a"), `<w:r><w:br/></w:r>`, r("b"))))), "Tổng số\ta b\n"},
		{"letterhead without lines", bare(
			tr(tc("", p(r("UBND HUYỆN")), p(r("XÃ QUANG KHẢI"))), tc("", p(r("CỘNG HÒA")), p(r("Độc lập")))),
			tr(tc("", p(r("Số: 58/BC-UBND"))), tc("", p(r("Quang Khải, ngày 25"))))),
			"UBND HUYỆN\tCỘNG HÒA\nXÃ QUANG KHẢI\tĐộc lập\nSố: 58/BC-UBND\tQuang Khải, ngày 25\n"},
		{"signature without lines", bare(tr(tc("", p(r("Nơi nhận:")), p(r("- UBND;")), p(r("- Lưu."))), tc("", p(r("CHỦ TỊCH")), p(), p(r("N.V.A"))))), "Nơi nhận:\tCHỦ TỊCH\n- UBND;\n- Lưu.\tN.V.A\n"},
		{"numbers without lines keep their columns", bare(
			tr(tc("", p()), tc("", p(r("Tiếp nhận"))), tc("", p(r("Giải quyết")))),
			tr(tc("", p(r("Hộ tịch"))), tc("", p(r("41"))), tc("", p(r("40")))),
			tr(tc("", p(r("Đất đai"))), tc("", p()), tc("", p(r("7")))),
			tr(tc("", p()), tc("", p()), tc("", p(r("47"))))),
			"\tTiếp nhận\tGiải quyết\nHộ tịch\t41\t40\nĐất đai\t\t7\n\t\t47\n"},
		{"letterhead with a column of space", bare(
			tr(tc("", p(r("UBND HUYỆN"))), tc("", p()), tc("", p(r("CỘNG HÒA")))),
			tr(tc("", p(r("Số: 58/BC-UBND"))), tc("", p()), tc("", p(r("Quang Khải, ngày 25"))))),
			"UBND HUYỆN\tCỘNG HÒA\nSố: 58/BC-UBND\tQuang Khải, ngày 25\n"},
		{"one column is a frame", lined(tr(tc("", p(r("a")), p(r("b")))), tr(tc("", p(r("c"))))), "a\nb\nc\n"},
		{"table in a cell", lined(tr(tc("", p(r("1"))), tc("", p(r("a")), lined(tr(tc("", p(r("x"))), tc("", p(r("y"))))), p()))), "1\ta\nx\ty\n"},
		{"frame in a cell", lined(tr(tc("", p(r("Hộ tịch"))), tc("", lined(tr(tc("", p(r("41"))))), p())), tr(tc("", p(r("Đất đai"))), tc("", p(r("7"))))), "Hộ tịch\t41\nĐất đai\t7\n"},
		{"table in a frame", lined(tr(tc("", lined(tr(tc("", p(r("x"))), tc("", p(r("y"))))), p()))), "x\ty\n"},
		{"deleted and hidden rows", lined(tr(`<w:trPr><w:del/></w:trPr>`, tc("", p(r("a"))), tc("", p(r("b")))), tr(`<w:trPr><w:hidden/></w:trPr>`, tc("", p(r("c"))), tc("", p(r("d")))), tr(tc("", p(r("e"))), tc("", p(r("f"))))), "e\tf\n"},
		{"columns left out before a row", lined(tr(tc("", p(r("a"))), tc("", p(r("b")))), tr(`<w:trPr><w:gridBefore w:val="1"/></w:trPr>`, tc("", p(r("c"))))), "a\tb\n\tc\n"},
		{"rows and cells in content controls", lined(`<w:sdt><w:sdtContent>` + tr(`<w:sdt><w:sdtContent>`+tc("", p(r("a")))+`</w:sdtContent></w:sdt>`, tc("", p(r("b")))) + `</w:sdtContent></w:sdt>`), "a\tb\n"},
		{"lines drawn by the cells", bare(tr(tc(`<w:tcBorders><w:right w:val="single"/></w:tcBorders>`, p(r("a")), p(r("b"))), tc("", p(r("c"))))), "a b\tc\n"},
		{"unknown table style has lines", `<w:tbl><w:tblPr><w:tblStyle w:val="Mystery"/></w:tblPr>` + tr(tc("", p(r("a")), p(r("b"))), tc("", p(r("c")))) + `</w:tbl>`, "a b\tc\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := readPack(t, wordPack(c.body)).Text; got != c.want {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

func TestTableNumbers(t *testing.T) {
	table := lined(tr(tc("", p(r("a"))), tc("", p(r("b")))), tr(tc("", p(r("c"))), tc("", p(r("d")))))
	doc := readPack(t, wordPack(table+p(r("giữa"))+table))
	var got []string
	for _, b := range doc.Blocks {
		got = append(got, fmt.Sprintf("%v%d", b.Kind, b.Table))
	}
	if want := "row1 row1 paragraph0 row2 row2"; strings.Join(got, " ") != want {
		t.Errorf("got %q, want %q", strings.Join(got, " "), want)
	}
}

func TestStyles(t *testing.T) {
	styles := [2]string{"styles.xml", `<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial"/></w:rPr></w:rPrDefault></w:docDefaults>
		<w:latentStyles><w:lsdException w:name="x"/></w:latentStyles>
		<w:style w:type="paragraph" w:default="1" w:styleId="Normal"/>
		<w:style w:type="paragraph" w:styleId="Title"><w:basedOn w:val="Normal"/><w:rPr><w:caps/></w:rPr></w:style>
		<w:style w:type="paragraph" w:styleId="Sub"><w:basedOn w:val="Title"/></w:style>
		<w:style w:type="character" w:styleId="Secret"><w:rPr><w:vanish/></w:rPr></w:style>
		<w:style w:type="paragraph" w:styleId="LoopA"><w:basedOn w:val="LoopB"/></w:style>
		<w:style w:type="paragraph" w:styleId="LoopB"><w:basedOn w:val="LoopA"/></w:style>
		<w:style w:type="table" w:styleId="Grid"><w:tblPr><w:tblBorders><w:insideV w:val="single"/></w:tblBorders></w:tblPr></w:style>
		<w:style w:type="table" w:styleId="Plain"/>`}
	table := func(style string) string {
		return `<w:tbl><w:tblPr><w:tblStyle w:val="` + style + `"/></w:tblPr>` + tr(tc("", p(r("a")), p(r("b"))), tc("", p(r("c")))) + `</w:tbl>`
	}
	for _, c := range []struct{ name, body, want string }{
		{"inherited capitals", p(`<w:pPr><w:pStyle w:val="Sub"/></w:pPr>`, r("báo cáo")), "BÁO CÁO\n"},
		{"capitals switched off", p(`<w:pPr><w:pStyle w:val="Sub"/></w:pPr>`, rp(`<w:caps w:val="false"/>`, "báo cáo")), "báo cáo\n"},
		{"hidden character style", p(r("a"), rp(`<w:rStyle w:val="Secret"/>`, "b")), "a\n"},
		{"styles in a circle", p(`<w:pPr><w:pStyle w:val="LoopA"/></w:pPr>`, r("a")), "a\n"},
		{"unknown style", p(`<w:pPr><w:pStyle w:val="Gone"/></w:pPr>`, r("a")), "a\n"},
		{"table style with lines", table("Grid"), "a b\tc\n"},
		{"table style without lines", table("Plain"), "a\tc\nb\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := readPack(t, wordPack(c.body, styles)).Text; got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestListNumbers(t *testing.T) {
	lvl := func(i int, format, text, more string) string {
		return fmt.Sprintf(`<w:lvl w:ilvl="%d"><w:start w:val="1"/><w:numFmt w:val="%s"/><w:lvlText w:val="%s"/>%s</w:lvl>`, i, format, text, more)
	}
	num := func(id, list int, more string) string {
		return fmt.Sprintf(`<w:num w:numId="%d"><w:abstractNumId w:val="%d"/>%s</w:num>`, id, list, more)
	}
	numbering := [2]string{"numbering.xml", `
		<w:abstractNum w:abstractNumId="0">` + lvl(0, "upperRoman", "%1.", "") + lvl(1, "decimal", "%2.", "") + lvl(2, "lowerLetter", "%3)", "") + `</w:abstractNum>
		<w:abstractNum w:abstractNumId="1">` + lvl(0, "bullet", "-", "") + lvl(1, "bullet", "\uF0B7", `<w:rPr><w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/></w:rPr>`) + lvl(2, "bullet", "+", "") + `</w:abstractNum>
		<w:abstractNum w:abstractNumId="2">` + lvl(0, "upperRoman", "%1", "") + lvl(1, "decimal", "%1.%2", "<w:isLgl/>") + `</w:abstractNum>
		<w:abstractNum w:abstractNumId="3">` + lvl(0, "decimal", "Điều %1.", `<w:pStyle w:val="Article"/>`) + `</w:abstractNum>
		<w:abstractNum w:abstractNumId="4"><w:numStyleLink w:val="Outline"/></w:abstractNum>
		<w:abstractNum w:abstractNumId="5"><w:styleLink w:val="Outline"/>` + lvl(0, "decimalZero", "%1", "") + `</w:abstractNum>
		` + num(1, 0, "") + num(2, 1, "") + num(3, 2, "") + num(4, 0, `<w:lvlOverride w:ilvl="1"><w:startOverride w:val="5"/></w:lvlOverride>`) +
		num(5, 3, "") + num(6, 4, "") + num(7, 5, "")}
	styles := [2]string{"styles.xml", `<w:style w:type="paragraph" w:styleId="Article"><w:pPr><w:numPr><w:numId w:val="5"/></w:numPr></w:pPr></w:style>
		<w:style w:type="numbering" w:styleId="Outline"><w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr></w:style>`}
	item := func(num, level int, text string) string {
		inner := ""
		if text != "" {
			inner = r(text)
		}
		return p(fmt.Sprintf(`<w:pPr><w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr></w:pPr>`, level, num), inner)
	}
	styled := func(style, num, text string) string {
		return p(`<w:pPr><w:pStyle w:val="`+style+`"/>`+num+`</w:pPr>`, r(text))
	}
	for _, c := range []struct{ name, body, want string }{
		{"levels", item(1, 0, "A") + item(1, 1, "B") + item(1, 2, "C") + item(1, 2, "D") + item(1, 1, "E") + item(1, 2, "F") + item(1, 0, "G") + item(1, 1, "H"),
			"I. A\n1. B\na) C\nb) D\n2. E\na) F\nII. G\n1. H\n"},
		{"bullets", item(2, 0, "A") + item(2, 1, "B") + item(2, 2, "C"), "- A\n• B\n+ C\n"},
		{"decimal throughout", item(3, 0, "A") + item(3, 1, "B") + item(3, 0, "C") + item(3, 1, "D"), "I A\n1.1 B\nII C\n2.1 D\n"},
		{"lower level first", item(3, 1, "A") + item(3, 1, "B"), "1.1 A\n1.2 B\n"},
		{"start again, else go on", item(1, 0, "A") + item(1, 1, "B") + item(4, 1, "C") + item(4, 1, "D") + item(1, 0, "E"), "I. A\n1. B\n5. C\n6. D\nII. E\n"},
		{"number of the style", styled("Article", "", "A") + styled("Article", `<w:numPr><w:numId w:val="0"/></w:numPr>`, "B") + styled("Article", "", "C"), "Điều 1. A\nB\nĐiều 2. C\n"},
		{"numbering style", item(6, 0, "A") + item(6, 0, "B"), "01 A\n02 B\n"},
		{"unknown list", item(99, 0, "A"), "A\n"},
		{"level out of range", item(1, 12, "A"), "A\n"},
		{"text typed behind a tab", p(`<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>`, `<w:r><w:tab/></w:r>`, r("A")), "I. A\n"},
		{"a column of numbers alone", lined(tr(tc("", item(1, 1, "")), tc("", p(r("Hộ tịch")))), tr(tc("", item(1, 1, "")), tc("", p(r("Đất đai"))))), "1.\tHộ tịch\n2.\tĐất đai\n"},
		{"deleted paragraphs do not count", item(1, 0, "A") + p(`<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del/></w:rPr></w:pPr>`, `<w:del>`+r("x")+`</w:del>`) + item(1, 0, "B"), "I. A\nII. B\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := readPack(t, wordPack(c.body, numbering, styles)).Text; got != c.want {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

func TestOrdinal(t *testing.T) {
	for _, c := range []struct {
		n      int
		format string
		want   string
	}{
		{4, "upperRoman", "IV"}, {1994, "upperRoman", "MCMXCIV"}, {9, "lowerRoman", "ix"}, {0, "upperRoman", "0"}, {4000, "upperRoman", "4000"},
		{26, "lowerLetter", "z"}, {27, "lowerLetter", "aa"}, {28, "upperLetter", "BB"}, {-1, "lowerLetter", "-1"},
		{7, "decimalZero", "07"}, {12, "decimalZero", "12"}, {3, "cardinalText", "3"}, {3, "none", ""},
	} {
		if got := ordinal(c.n, c.format); got != c.want {
			t.Errorf("ordinal(%d, %s) = %q, want %q", c.n, c.format, got, c.want)
		}
	}
}

func TestNotes(t *testing.T) {
	notes := [2]string{"footnotes.xml", `<w:footnote w:type="separator" w:id="-1">` + p(r("---")) + `</w:footnote>
		<w:footnote w:id="1">` + p(`<w:r><w:footnoteRef/></w:r>`, r(" Tính đến ngày 25/5.")) + `</w:footnote>
		<w:footnote w:id="2">` + p(r("không ai gọi")) + `</w:footnote>`}
	ends := [2]string{"endnotes.xml", `<w:endnote w:id="1">` + p(r("Cuối bài")) + `</w:endnote>`}
	ref := `<w:r><w:footnoteReference w:id="1"/></w:r>`
	body := p(r("239"), ref, r(" hồ sơ"), `<w:r><w:endnoteReference w:id="1"/></w:r>`) + p(r("sau"), ref) +
		lined(tr(tc("", p(r("a"))), tc("", p(r("b"), ref))))
	doc := readPack(t, wordPack(body, notes, ends))
	if want := "239 hồ sơ\n Tính đến ngày 25/5.\nCuối bài\nsau\na\tb\n"; strings.ReplaceAll(doc.Text, "\n ", "\n") != strings.ReplaceAll(want, "\n ", "\n") {
		t.Errorf("got %q", doc.Text)
	}
	if doc.Blocks[1].Kind != document.Footnote || doc.Blocks[2].Kind != document.Footnote {
		t.Errorf("kinds %v %v", doc.Blocks[1].Kind, doc.Blocks[2].Kind)
	}
}

func TestHeaders(t *testing.T) {
	parts := [][2]string{
		{"header1.xml", bare(tr(tc("", p(r("UBND XÃ"))), tc("", p(r("CỘNG HÒA")))))},
		{"header2.xml", p(`<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>`, r("2"), `<w:r><w:fldChar w:fldCharType="end"/></w:r>`)},
		{"header3.xml", p(r("Báo cáo tháng 5"))},
		{"header4.xml", p(r("UBND HUYỆN")) + p(r("UBND XÃ"))},
		{"footer1.xml", p(r("Trang "), `<w:fldSimple w:instr="PAGE">`+r("9")+`</w:fldSimple>`)},
	}
	sect := func(title bool, refs ...string) string {
		s := "<w:sectPr>"
		for _, ref := range refs {
			kind, id, _ := strings.Cut(ref, "=")
			what := strings.TrimRight(id, "0123456789")
			s += `<w:` + what + `Reference w:type="` + kind + `" r:id="` + id + `"/>`
		}
		if title {
			s += "<w:titlePg/>"
		}
		return s + "</w:sectPr>"
	}
	for _, c := range []struct{ name, body, want, note string }{
		{"letterhead in the first header", p(r("a")) + sect(true, "first=header1", "default=header2", "default=footer1"), "UBND XÃ\tCỘNG HÒA\na\n", "footer left out: “Trang”"},
		{"first header that is not used", p(r("a")) + sect(false, "first=header1", "default=header2"), "a\n", ""},
		{"running title", p(r("a")) + sect(false, "default=header3"), "a\n", "running header left out: “Báo cáo tháng 5”"},
		{"letterhead in the running header", p(r("a")) + sect(false, "default=header4"), "UBND HUYỆN\nUBND XÃ\na\n", ""},
		{"the same letterhead once", p(`<w:pPr>`+sect(true, "first=header1")+`</w:pPr>`, r("a")) + p(r("b")) + sect(true, "first=header1"), "UBND XÃ\tCỘNG HÒA\na\nb\n", ""},
		{"a second document behind the first", p(`<w:pPr>`+sect(true, "first=header1")+`</w:pPr>`, r("a")) + p(r("b")) + sect(true, "first=header4"), "UBND XÃ\tCỘNG HÒA\na\nUBND HUYỆN\nUBND XÃ\nb\n", ""},
		{"reference that leads nowhere", p(r("a")) + sect(true, "first=header9"), "a\n", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc := readPack(t, wordPack(c.body, parts...))
			if doc.Text != c.want || doc.Pages[0].Note != c.note {
				t.Errorf("got %q, note %q\nwant %q, note %q", doc.Text, doc.Pages[0].Note, c.want, c.note)
			}
		})
	}
}

func TestPages(t *testing.T) {
	brk := `<w:r><w:lastRenderedPageBreak/></w:r>`
	doc := readPack(t, wordPack(p(r("một"))+p(r("đầu "), brk, r("cuối"))+p(brk, r("ba"))+
		lined(tr(tc("", p(r("a"))), tc("", p(r("b")))), tr(tc("", p(brk, r("c"))), tc("", p(brk, r("d")))))+p(r("cuối"))))
	var got []int
	for _, b := range doc.Blocks {
		got = append(got, b.Page)
	}
	if want := "[1 1 3 3 4 4]"; fmt.Sprint(got) != want {
		t.Errorf("pages %v, want %s", got, want)
	}
	if len(doc.Pages) != 4 || doc.Pages[3].Number != 4 {
		t.Errorf("pages %+v", doc.Pages)
	}
	doc = readPack(t, wordPack(p(r("một"))+p(`<w:r><w:br w:type="page"/></w:r>`, r("hai"))))
	if doc.Blocks[1].Page != 0 || len(doc.Pages) != 1 || doc.Pages[0].Number != 0 {
		t.Errorf("without stored pages: block %+v, pages %+v", doc.Blocks[1], doc.Pages)
	}
}

func TestWarnings(t *testing.T) {
	for _, c := range []struct{ name, body, want string }{
		{"object", p(`<w:r><w:object/></w:r>`, r("a")), "embedded object"},
		{"picture", p(`<w:r><w:drawing><wp:inline><wp:extent cx="5760000" cy="7200000"/></wp:inline></w:drawing></w:r>`, r("a")), "16 x 20 cm"},
		{"attached document", `<w:altChunk r:id="x"/>` + p(r("a")), "altChunk"},
		{"struck through", p(rp("<w:strike/>", "239"), r("240")), "struck through was left out: “239”"},
		{"unknown sign", p(`<w:r><w:sym w:font="Webdings" w:char="F0FF"/></w:r>`, r("a")), "Webdings"},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc := readPack(t, wordPack(c.body))
			if len(doc.Warnings) != 1 || !strings.Contains(doc.Warnings[0], c.want) {
				t.Errorf("warnings %q, want one with %q", doc.Warnings, c.want)
			}
		})
	}
	emblem := p(`<w:r><w:drawing><wp:inline><wp:extent cx="720000" cy="720000"/></wp:inline></w:drawing></w:r>`, r("a"))
	if doc := readPack(t, wordPack(emblem)); len(doc.Warnings) != 0 {
		t.Errorf("an emblem gives warnings %q", doc.Warnings)
	}
}

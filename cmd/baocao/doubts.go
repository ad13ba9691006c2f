// This file words the reasons to be less than certain of a figure.
package main

// doubtText says a doubt of package rules for a person.
func (a *app) doubtText(name string) string {
	for _, d := range [][3]string{
		{"object_far", "đối tượng được đếm nằm xa số", "what is counted stands elsewhere in the statement"},
		{"object_parent", "đối tượng được đếm lấy từ số mà số này là một phần", "what is counted is that of the figure this is a part of"},
		{"object_sibling", "đối tượng được đếm lấy từ số liệu trước", "what is counted is that of the figure before"},
		{"object_block", "đối tượng được đếm lấy từ đề mục hoặc câu trước", "what is counted stands in a heading or an earlier sentence"},
		{"word_far", "từ quyết định nằm xa số", "a word that decides stands elsewhere in the statement"},
		{"word_parent", "từ quyết định lấy từ số mà số này là một phần", "a word that decides is that of the figure this is a part of"},
		{"word_sibling", "từ quyết định lấy từ số liệu trước", "a word that decides is that of the figure before"},
		{"word_block", "từ quyết định lấy từ đề mục hoặc câu trước", "a word that decides stands in a heading or an earlier sentence"},
		{"field_away", "lĩnh vực không đứng cạnh số", "the field does not stand with the number"},
		{"span_away", "kỳ của số liệu không đứng cạnh số", "the period meant does not stand with the number"},
		{"bare", "chỉ có tên đối tượng, không có từ nào khác", "only the object is named"},
		{"approx", "số xấp xỉ", "an approximate number"},
		{"attached", "tỷ lệ hoặc phân số đi theo số trước", "a rate or fraction of the number before"},
		{"part", "một phần của số liệu khác", "a part of another figure"},
		{"numerator", "tử số", "a numerator"},
		{"denominator", "mẫu số", "a denominator"},
		{"percent", "tỷ lệ phần trăm", "a percentage"},
		{"money", "số tiền", "an amount of money"},
		{"zero", "số 0 viết bằng chữ", "a zero in words"},
		{"zero_shared", "một chữ \"không\" dùng cho nhiều nội dung", "one zero in words for several nouns"},
		{"words", "số viết bằng chữ", "a number in words"},
		{"strange", "cạnh số có từ chưa biết", "a word beside the number is not known"},
		{"stranger", "cạnh số có nhiều từ chưa biết", "several words beside the number are not known"},
		{"stretch", "trong câu có nhiều từ chưa biết", "several words of the statement are not known"},
		{"no_noun", "sau số không có danh từ", "no noun follows the number"},
		{"field", "số liệu của một lĩnh vực", "of one field"},
		{"crowd", "câu có nhiều số", "many numbers in the sentence"},
		{"neighbour", "trong câu còn số chưa hiểu", "another number of the sentence is not understood"},
		{"unread", "báo cáo có nhiều số chưa hiểu", "many numbers of the report are not understood"},
		{"unread_more", "báo cáo có rất nhiều số chưa hiểu", "very many numbers of the report are not understood"},
		{"long", "từ gần nhất hiểu được ở xa số", "the nearest word understood is far from the number"},
		{"rival", "quy tắc khác cũng hợp", "another rule fits as well"},
		{"table", "ô của bảng", "a table cell"},
		{"other_period", "câu có nêu một kỳ", "the sentence names a period"},
		{"no_chapter", "nằm ngoài các chương của báo cáo", "outside the chapters of a report"},
		{"assessment", "nằm ở phần đánh giá, nơi số liệu được nhắc lại", "in the assessment, where figures are repeated"},
		{"pattern", "đọc bằng mẫu câu", "read by an expression"},
		{"settled", "nghĩa suy từ phần khác của báo cáo", "decided by the rest of the report"},
		{"conflict", "báo cáo còn in giá trị khác cho số liệu này", "the report prints another value for the same figure"},
		{"contested", "báo cáo còn in giá trị khác, kém chắc chắn hơn, cho số liệu này", "the report prints another value for the same figure, read less surely"},
		{"agreement", "báo cáo in lại đúng giá trị này", "the report prints the same value elsewhere"},
		{"second_figure", "cùng một số cho nhiều số liệu", "one number gives several figures"},
		{"same_row", "ô khác cùng hàng cho cùng số liệu này với giá trị khác", "another cell of the row gives another value for the same figure"},
	} {
		if d[0] == name {
			return a.say(d[1], d[2])
		}
	}
	return name
}

// This file names things in the language in use: indicators, fields, spans, places.
package main

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"baocao/db/check"
	"baocao/normalize/vntext"
)

// label names an indicator.
func (a *app) label(id string) string {
	ind, ok := a.catalogue()[id]
	switch {
	case !ok:
		return id
	case a.lang == "en":
		return ind.LabelEN
	}
	return ind.Label
}

// measureName names what an indicator is counted in, which the catalogue gives in
// Vietnamese.
func (a *app) measureName(measure string) string {
	if a.lang != "en" {
		return measure
	}
	if name, ok := englishMeasures()[measure]; ok {
		return name
	}
	return measure
}

func englishMeasures() map[string]string {
	return map[string]string{
		"PAKN": "feedback items and petitions", "TTHC": "procedures", "bản": "copies", "chứng thư": "certificates", "cuộc": "inspections", "hạng": "rank",
		"hồ sơ": "dossiers", "hội nghị": "conferences", "lĩnh vực": "fields", "lượt": "times", "lượt tin, bài": "news items", "lớp": "classes", "máy": "devices",
		"người": "persons", "nhiệm vụ": "tasks", "nội dung": "items", "phiếu": "questionnaires", "quy trình": "workflows", "sáng kiến": "initiatives",
		"thôn": "villages", "tin/bài": "news items", "trường hợp": "cases", "tài khoản": "accounts", "tổ": "teams", "văn bản": "documents", "vấn đề": "issues",
		"điểm": "points", "đơn": "petitions", "đơn vị": "units", "đồng": "đồng", "đồng/người/tháng": "đồng per person and month", "%": "%",
	}
}

// fieldName names a lĩnh vực.
func (a *app) fieldName(code string) string { return check.FieldLabel(code, a.lang == "en") }

// figureName names a figure by its indicator, field and span.
func (a *app) figureName(indicator, field, span string) string {
	name := a.label(indicator)
	if field != "" {
		name += ", " + a.fieldName(field)
	}
	if span != "" && span != "period" {
		name += " (" + a.spanName(span) + ")"
	}
	return name
}

// spanName says which time a figure is about.
func (a *app) spanName(span string) string {
	names := map[string][2]string{"period": {"trong kỳ", "period"}, "ytd": {"lũy kế", "year to date"},
		"previous": {"kỳ so sánh", "compared period"}, "target": {"chỉ tiêu giao", "target"}}
	n, ok := names[span]
	if !ok {
		return span
	}
	return a.say(n[0], n[1])
}

// reportState says what a stored report counts as.
func (a *app) reportState(state string) string {
	names := map[string]string{"current": "đang dùng", "superseded": "đã có bản thay thế", "duplicate": "trùng", "other": "khác"}
	if a.lang == "en" || names[state] == "" {
		return state
	}
	return names[state]
}

// place says page and line as far as they are known.
func (a *app) place(page, line int) string {
	var parts []string
	if page > 0 {
		parts = append(parts, fmt.Sprintf(a.say("tr. %d", "p. %d"), page))
	}
	if line > 0 {
		parts = append(parts, fmt.Sprintf(a.say("dòng %d", "line %d"), line))
	}
	return strings.Join(parts, ", ")
}

// lowerFirst lets a name go on inside a sentence: its first letter is lowered
// unless it is an abbreviation.
func lowerFirst(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if next, _ := utf8.DecodeRuneInString(s[n:]); n == 0 || unicode.IsUpper(next) {
		return s
	}
	return string(unicode.ToLower(r)) + s[n:]
}

// familyName names a group of indicators by the first part of their ids.
func (a *app) familyName(family string) string {
	names := map[string][2]string{
		"certification": {"Chứng thực", "Certification"}, "civil_status": {"Hộ tịch", "Civil status"}, "digitization": {"Số hóa hồ sơ", "Digitisation"},
		"direction": {"Chỉ đạo, điều hành", "Direction"}, "dossiers": {"Hồ sơ", "Dossiers"}, "ecertification": {"Chứng thực điện tử", "E-certification"},
		"egov": {"Chính quyền điện tử", "E-government"}, "feedback": {"Phản ánh, kiến nghị", "Feedback"}, "finance": {"Tài chính", "Finance"},
		"index": {"Chỉ số đánh giá", "Index scores"}, "inspection": {"Kiểm tra CCHC", "Inspection"}, "legal_docs": {"Văn bản pháp luật", "Legal documents"},
		"online": {"Dịch vụ công trực tuyến", "Online services"}, "organization": {"Tổ chức bộ máy", "Organisation"}, "payment": {"Thanh toán trực tuyến", "Payment"},
		"petitions": {"Đơn thư", "Petitions"}, "procedures": {"Thủ tục hành chính", "Procedures"}, "publicity": {"Tuyên truyền", "Publicity"},
		"staff": {"Cán bộ, công chức", "Staff"}, "survey": {"Khảo sát hài lòng", "Satisfaction survey"}, "training": {"Đào tạo, tập huấn", "Training"},
	}
	n, ok := names[family]
	if !ok {
		return family
	}
	return a.say(n[0], n[1])
}

// periodWords says a period in words: "tháng 5 năm 2023".
func periodWords(period string) string {
	p, err := vntext.ParsePeriod(period)
	if err != nil {
		return period
	}
	year, rest, _ := strings.Cut(p.String(), "-")
	switch {
	case rest == "":
		return "năm " + year
	case strings.HasPrefix(rest, "Q"):
		return "quý " + map[string]string{"Q1": "I", "Q2": "II", "Q3": "III", "Q4": "IV"}[rest] + " năm " + year
	case rest == "H1":
		return "6 tháng đầu năm " + year
	case rest == "H2":
		return "6 tháng cuối năm " + year
	case rest == "9M":
		return "9 tháng đầu năm " + year
	case strings.HasPrefix(rest, "W"):
		return "tuần " + strings.TrimLeft(rest[1:], "0") + " năm " + year
	}
	if n, err := strconv.Atoi(rest); err == nil && n <= 12 {
		two := rest
		if n > 2 {
			two = strconv.Itoa(n) // a leading zero for months 1 and 2 only (Decree 30/2020)
		}
		return "tháng " + two + " năm " + year
	}
	if from, to, ok := strings.Cut(p.String(), "/"); ok {
		return "từ ngày " + dayWords(from) + " đến ngày " + dayWords(to)
	}
	return period
}

// dayWords turns 2023-05-31 into 31/5/2023.
func dayWords(iso string) string {
	parts := strings.Split(iso, "-")
	if len(parts) != 3 {
		return iso
	}
	return strings.TrimLeft(parts[2], "0") + "/" + strings.TrimLeft(parts[1], "0") + "/" + parts[0]
}

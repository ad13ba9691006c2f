// This file stores what an import brings: one intake for each file.
package db

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"baocao/extract/rules"
	"baocao/normalize"
)

// Intake is what became of one file that was offered.
type Intake struct {
	Path string // absolute; see File
	Fingerprint
	SHA256 string // "" where the file could not be read to its end
	// State is set where there is no document: NeedsOCR, Unreadable,
	// Unsupported, Pending, Archive or Folder. Reason says why, in words.
	State  State
	Reason string
	Engine string // the reader that was tried, "" where none was
	// Document and Report are set where the file was read. With neither these nor
	// State, the content is known already (KnownContent) and was not read again.
	Document    *Packed
	Report      *normalize.Report
	RuleSetHash string

	known bool // it was not read this time
}

// Outcome is what the ledger says of an intake now.
type Outcome struct {
	Path       string
	State      State
	Reason     string
	Other      string // path of the document that is repeated or that supersedes this one
	DocumentID int64  // 0 where there is none
	New        bool   // a document was added
	// Replaced lists the paths of documents that this one supersedes.
	Replaced []string
	// Unread is set when an intake relied on content being known and it is not
	// (any more): nothing was recorded, the file has to be read.
	Unread bool
}

// ReasonSameBytes, ReasonSameReport and ReasonReissue are what the ledger gives
// as reason for a duplicate or superseded file; Other names the other document.
// The last two may go on: ", read with other figures"; by what the re-issue is
// told to be one (", of a later date").
// ReasonNoReport begins that of a document that is no report; what told it
// follows, see normalize.Report.Sources.
const (
	ReasonSameBytes  = "the same bytes as another file"
	ReasonSameReport = "the same report in another file form"
	ReasonReissue    = "replaced by a corrected re-issue"
	ReasonNoReport   = "no report on administrative reform, by its "
)

// TypeOther is the report type of a document that is no report. Its text and
// what identifies it are kept, but none of its figures.
const TypeOther = "other"

// Import stores intakes in one transaction, in the order given. Each is stored
// whole or not at all: one that breaks a rule of the schema is recorded as
// Unreadable with the reason and the others go on. An error means that nothing
// of the batch was stored.
func (d *DB) Import(ctx context.Context, intakes []Intake) ([]Outcome, error) {
	outcomes, err := d.importAll(ctx, intakes, (*writer).intake)
	if err != nil && !fatal(err) {
		// Only now each intake gets a savepoint of its own, which costs a copy of
		// every page that it touches.
		return d.importAll(ctx, intakes, (*writer).guarded)
	}
	return outcomes, err
}

// importAll stores intakes in one transaction, each by store.
func (d *DB) importAll(ctx context.Context, intakes []Intake, store func(*writer, Intake) (Outcome, error)) ([]Outcome, error) {
	outcomes := make([]Outcome, 0, len(intakes))
	err := d.write(ctx, "import", func(tx *sql.Tx) error {
		w := newWriter(ctx, tx, d.stamp())
		defer w.close()
		for _, in := range intakes {
			out, err := store(w, in)
			if err != nil {
				return fmt.Errorf("%s: %w", in.Path, err)
			}
			outcomes = append(outcomes, out)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return outcomes, nil
}

// writer is one transaction that stores documents.
type writer struct {
	ctx   context.Context // of the transaction, which ends before the writer does
	tx    *sql.Tx
	stamp string
	stmts map[string]*sql.Stmt
}

func newWriter(ctx context.Context, tx *sql.Tx, stamp string) *writer {
	return &writer{ctx: ctx, tx: tx, stamp: stamp, stmts: map[string]*sql.Stmt{}}
}

func (w *writer) close() {
	for _, s := range w.stmts {
		_ = s.Close() // the transaction has ended or is about to
	}
}

// prepare gives the prepared statement, which lives as long as the transaction.
func (w *writer) prepare(text string) (*sql.Stmt, error) {
	if s := w.stmts[text]; s != nil {
		return s, nil
	}
	s, err := w.tx.PrepareContext(w.ctx, text)
	if err == nil {
		w.stmts[text] = s
	}
	return s, err
}

func (w *writer) exec(text string, args ...any) error {
	_, err := w.count(text, args...)
	return err
}

// count is exec, and gives how many rows were changed.
func (w *writer) count(text string, args ...any) (int64, error) {
	s, err := w.prepare(text)
	if err != nil {
		return 0, err
	}
	done, err := s.ExecContext(w.ctx, args...)
	if err != nil {
		return 0, err
	}
	return done.RowsAffected()
}

// one scans the first row; found is false where there is none.
func (w *writer) one(text string, args []any, dest ...any) (found bool, err error) {
	s, err := w.prepare(text)
	if err != nil {
		return false, err
	}
	err = s.QueryRowContext(w.ctx, args...).Scan(dest...)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// guarded stores one intake inside a savepoint.
func (w *writer) guarded(in Intake) (Outcome, error) {
	if err := w.exec(`SAVEPOINT intake`); err != nil {
		return Outcome{}, err
	}
	out, err := w.intake(in)
	if err == nil {
		return out, w.exec(`RELEASE intake`)
	}
	if fatal(err) {
		return Outcome{}, err
	}
	if err := w.exec(`ROLLBACK TO intake`); err != nil {
		return Outcome{}, err
	}
	in.State, in.Reason = Unreadable, "what was read from it cannot be stored: "+err.Error()
	in.Document, in.Report = nil, nil
	if out, err = w.intake(in); err != nil {
		return Outcome{}, err
	}
	return out, w.exec(`RELEASE intake`)
}

func (w *writer) intake(in Intake) (Outcome, error) {
	out := Outcome{Path: in.Path}
	var before int64 // the document that the path held until now
	if _, err := w.one(`SELECT ifnull(document_id, 0) FROM files WHERE path = ?`, []any{in.Path}, &before); err != nil {
		return out, err
	}
	if in.State != "" {
		return w.failed(in, before)
	}
	in.known = in.Document == nil
	var doc int64
	found, err := w.one(`SELECT id FROM documents WHERE sha256 = ?`, []any{in.SHA256}, &doc)
	if err != nil {
		return out, err
	}
	if !found && in.Document == nil {
		// The same bytes failed before: they would fail again.
		found, err := w.one(query("failed_content"), []any{in.SHA256, in.Path}, &in.State, &in.Reason, &in.Engine)
		if err != nil || !found {
			out.Unread = true
			return out, err
		}
		return w.failed(in, before)
	}
	alone := false // the path's row is what it has to be as soon as it is written
	if !found {
		if doc, alone, out.Replaced, err = w.document(in); err != nil {
			return out, err
		}
		out.New = true
	}
	if err := w.file(in, doc, Stored); err != nil {
		return out, err
	}
	if out.New {
		// Other paths with these bytes may have failed before, with an older reader.
		adopted, err := w.count(query("adopt_files"), doc, w.stamp, in.SHA256, in.Path)
		if err != nil {
			return out, err
		}
		alone = alone && adopted == 0
	}
	if !out.New { // the file it was read from may be gone
		if err := w.relocate(doc); err != nil {
			return out, err
		}
	}
	if !alone {
		if err := w.refreshFiles(doc); err != nil {
			return out, err
		}
	}
	if before != 0 && before != doc {
		if err := w.refreshFiles(before); err != nil {
			return out, err
		}
	}
	out.DocumentID = doc
	if alone {
		out.State = Stored
		return out, nil
	}
	_, err = w.one(query("outcome"), []any{in.Path}, &out.State, &out.Reason, &out.Other)
	return out, err
}

// failed records a file without a document.
func (w *writer) failed(in Intake, before int64) (Outcome, error) {
	out := Outcome{Path: in.Path, State: in.State, Reason: in.Reason}
	if in.SHA256 == "" && before != 0 {
		// What was read from this path stays true although the file cannot be
		// read now (a share that is away, a file in use).
		out.DocumentID = before
		if err := w.exec(`UPDATE files SET attempts = attempts + 1, last_seen_at = ?, reason = ? WHERE path = ?`,
			w.stamp, "could not be read again: "+in.Reason, in.Path); err != nil {
			return out, err
		}
		_, err := w.one(query("outcome"), []any{in.Path}, &out.State, &out.Reason, &out.Other)
		return out, err
	}
	if err := w.file(in, 0, in.State); err != nil {
		return out, err
	}
	if before != 0 {
		return out, w.refreshFiles(before)
	}
	return out, nil
}

// file writes the ledger row of an intake.
func (w *writer) file(in Intake, document int64, state State) error {
	var modified int64
	if !in.Modified.IsZero() {
		modified = in.Modified.UnixNano()
	}
	attempts := 1
	if in.known {
		attempts = 0
	}
	return w.exec(query("put_file"), in.Path, in.Size, modified, in.SHA256, string(state), in.Reason, document, attempts,
		in.Engine, in.RuleSetHash, w.stamp, w.stamp)
}

// refreshFiles sets the state of every path that holds a document. One path
// stands for the document: the one it was read from, or if that holds other
// bytes by now the first one offered. The others are duplicates.
func (w *writer) refreshFiles(document int64) error {
	return w.exec(query("refresh_files"), document, ReasonSameBytes, ReasonSameReport, ReasonReissue, ReasonNoReport, document)
}

// document stores a new document with its report, and gives the paths of the
// documents that it supersedes. current says that its report is the current one
// and that nothing about its path is left to be told (see refreshFiles).
func (w *writer) document(in Intake) (id int64, current bool, replaced []string, err error) {
	p := in.Document
	if _, err := w.one(query("put_document"), []any{in.SHA256, in.Path, in.Size, p.engine, p.encoding, p.pages, p.textSize,
		p.warnings, in.RuleSetHash, w.stamp, w.stamp}, &id); err != nil {
		return 0, false, nil, err
	}
	if err := w.exec(`INSERT INTO document_texts (document_id, text, layout) VALUES (?, ?, ?)`, id, p.text, p.layout); err != nil {
		return 0, false, nil, err
	}
	var report int64
	if _, err := w.one(`INSERT INTO reports (document_id, type, period, period_from, period_to, number, date, signer, sources, figures_hash, state)
		VALUES (?, '', '', '', '', '', '', '', '{}', ?, 'other') RETURNING id`, []any{id, strings.Repeat("0", 64)}, &report); err != nil {
		return 0, false, nil, err
	}
	changed, err := w.report(report, in.Report, true)
	if err != nil {
		return 0, false, nil, err
	}
	current = in.Report != nil && in.Report.Type != TypeOther && in.Reason == "" && in.Engine == p.engine
	for _, c := range changed {
		current = current && c.id != report
		if c.id != report && c.state == reportSuperseded {
			replaced = append(replaced, c.path)
		}
	}
	slices.Sort(replaced)
	return id, current, replaced, nil
}

// report writes what a report says into its row, which exists, replacing what
// it said before; fresh says that there is nothing to replace. It gives the
// reports whose state changed by it.
func (w *writer) report(id int64, r *normalize.Report, fresh bool) ([]changedReport, error) {
	if r == nil {
		r = &normalize.Report{Type: TypeOther}
	}
	sources, err := json.Marshal(r.Sources)
	if err != nil {
		return nil, err
	}
	if len(r.Sources) == 0 {
		sources = []byte("{}")
	}
	var places []place
	if !fresh {
		if places, err = w.place(id); err != nil {
			return nil, err
		}
		for _, table := range contentTables() {
			if err := w.exec(`DELETE FROM `+table+` WHERE report_id = ?`, id); err != nil {
				return nil, err
			}
		}
	}
	var unit sql.NullInt64
	if r.Unit != "" {
		unitID, made, err := unitID(w.ctx, w.tx, r.Unit, r.Parents)
		if err != nil {
			return nil, err
		}
		unit = sql.NullInt64{Int64: unitID, Valid: true}
		if made {
			moved, err := relateUnits(w.ctx, w.tx, r.Unit)
			if err != nil {
				return nil, err
			}
			more, err := w.placesOf(moved)
			if err != nil {
				return nil, err
			}
			places = append(places, more...)
		}
	}
	state := reportCurrent
	if r.Type == TypeOther {
		state = reportOther
	}
	pages := []byte("[]")
	if len(r.PageStarts) > 0 {
		if pages, err = json.Marshal(r.PageStarts); err != nil {
			return nil, err
		}
	}
	doubts := []byte("[]")
	if len(r.Doubts) > 0 {
		if doubts, err = json.Marshal(r.Doubts); err != nil {
			return nil, err
		}
	}
	if err := w.exec(query("put_report"), r.Type, unit, r.Period, r.From, r.To, r.Number, r.Date, r.Signer, string(sources),
		figuresHash(r), string(state), string(pages), r.DateMonth, string(doubts), id); err != nil {
		return nil, err
	}
	if err := w.contents(id, r); err != nil {
		return nil, err
	}
	if fresh && len(places) == 0 {
		// Most reports are the only one on their subject: there is nothing to decide.
		var others bool
		if _, err := w.one(query("others"), []any{id}, &others); err != nil || !others {
			return nil, err
		}
	}
	now, err := w.place(id)
	if err != nil {
		return nil, err
	}
	return w.settle(append(places, now...))
}

// figuresHash is equal for reports that say the same.
func figuresHash(r *normalize.Report) string {
	lines := make([]string, 0, len(r.Figures))
	for _, f := range r.Figures {
		lines = append(lines, f.Indicator+"\t"+f.Field+"\t"+string(f.Span)+"\t"+f.Value+"\n")
	}
	slices.Sort(lines)
	sum := sha256.Sum256([]byte(strings.Join(lines, "")))
	return hex.EncodeToString(sum[:])
}

// contents writes the rows that belong to a report.
func (w *writer) contents(id int64, r *normalize.Report) error {
	if r.Type == TypeOther {
		return nil
	}
	count := 0
	for i := range r.Figures {
		count += len(r.Figures[i].Mentions)
	}
	figures := rowsFor("figures", 11, len(r.Figures))
	mentions := rowsFor("mentions", 16, count)
	for i, f := range r.Figures {
		figures.add(id, i, f.Indicator, f.Field, string(f.Span), f.Value, f.Unit, f.Decimals, f.Rounding, f.Approx, f.Confidence)
		for j, m := range f.Mentions {
			var parent any
			if m.Parent >= 0 {
				parent = m.Parent
			}
			mentions.add(id, i, j, m.Start, m.End, m.Page, m.Line, m.Text, m.Snippet, m.Rule, string(m.Section), m.InTable,
				m.Words, m.Assessment, m.Confidence, parent)
		}
	}
	dates := rowsFor("report_dates", 11, len(r.Dates))
	for i, x := range r.Dates {
		dates.add(id, i, x.Start, x.End, x.Text, x.Day, x.Month, x.Year, x.Impossible, string(x.Role), x.Reference)
	}
	references := rowsFor("report_references", 8, len(r.References))
	for i, x := range r.References {
		references.add(id, i, x.Start, x.End, x.Number, x.Issuer, x.Date, x.Implements)
	}
	headings := rowsFor("report_headings", 9, len(r.Headings))
	for i, x := range r.Headings {
		headings.add(id, i, x.Start, x.End, x.Label, x.Style, x.Level, x.Ordinal, x.Title)
	}
	sections := rowsFor("report_sections", 5, len(r.Sections))
	for i, x := range r.Sections {
		sections.add(id, i, x.Start, x.End, string(x.Section))
	}
	totals, err := totalRows(id, r.Totals)
	if err != nil {
		return err
	}
	unexplained, counts := numberRows(id, r.Numbers)
	// Figures come before the mentions that point to them.
	for _, rows := range []*tableRows{figures, mentions, dates, references, headings, sections, totals, unexplained, counts} {
		if err := w.insert(rows); err != nil {
			return err
		}
	}
	return nil
}

// totalPart is one number of a column with a total: start, end and value.
type totalPart struct {
	start, end int
	value      string
}

// MarshalJSON writes a part as [start, end, value].
func (p totalPart) MarshalJSON() ([]byte, error) {
	return json.Marshal([3]any{p.start, p.end, p.value})
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (p *totalPart) UnmarshalJSON(data []byte) error {
	return json.Unmarshal(data, &[3]any{&p.start, &p.end, &p.value})
}

func totalRows(id int64, totals []rules.Total) (*tableRows, error) {
	rows := rowsFor("report_totals", 10, len(totals))
	for i, t := range totals {
		parts := make([]totalPart, len(t.Parts))
		for j, n := range t.Parts {
			parts[j] = totalPart{n.Start, n.End, t.PartValues[j]}
		}
		text, err := json.Marshal(parts)
		if err != nil {
			return nil, err
		}
		rows.add(id, i, t.Sum.Start, t.Sum.End, t.Sum.Text, t.SumValue, t.Indicator, t.Field, t.Column, string(text))
	}
	return rows, nil
}

func numberRows(id int64, numbers []rules.Number) (unexplained, counts *tableRows) {
	unexplained, counts = rowsFor("unexplained_numbers", 6, 0), rowsFor("number_counts", 3, 0)
	count := map[string]int{}
	for _, n := range numbers {
		count[n.Class.String()]++
		if n.Class == rules.Unexplained {
			unexplained.add(id, len(unexplained.args)/unexplained.columns, n.Start, n.End, n.Text, n.Why)
		}
	}
	for _, class := range slices.Sorted(maps.Keys(count)) {
		counts.add(id, class, count[class])
	}
	return unexplained, counts
}

// tableRows are rows on their way into one table.
type tableRows struct {
	table   string
	columns int
	args    []any
}

// rowsFor makes room for so many rows.
func rowsFor(table string, columns, rows int) *tableRows {
	return &tableRows{table: table, columns: columns, args: make([]any, 0, columns*rows)}
}

func (r *tableRows) add(values ...any) { r.args = append(r.args, values...) }

// rowsAtOnce is how many rows one statement inserts at most: calling SQLite costs
// as much as inserting a row. A power of two, see insert.
const rowsAtOnce = 32

// insert writes rows, many at a time: so many that the number left is made of ever
// smaller powers of two, for which statements are prepared once a transaction.
// After a row that breaks a rule of the schema it finds out which one it was.
func (w *writer) insert(r *tableRows) error {
	one := "(?" + strings.Repeat(", ?", r.columns-1) + ")"
	first := `INSERT INTO ` + r.table + ` VALUES ` + one
	for n, args := rowsAtOnce, r.args; len(args) > 0; {
		if len(args) < n*r.columns {
			n /= 2
			continue
		}
		if err := w.exec(first+strings.Repeat(", "+one, n-1), args[:n*r.columns]...); err != nil {
			return w.blame(err, r, first, args[:n*r.columns])
		}
		args = args[n*r.columns:]
	}
	return nil
}

// blame names the row for which one of several inserted at once failed.
func (w *writer) blame(err error, r *tableRows, first string, args []any) error {
	if fatal(err) {
		return err
	}
	for ; len(args) > 0; args = args[r.columns:] {
		if e := w.exec(first, args[:r.columns]...); e != nil {
			return fmt.Errorf("%s %v: %w", r.table, args[1:r.columns], e)
		}
	}
	return err
}

// contentTables are the tables whose rows belong to one report, in an order in
// which they can be emptied.
func contentTables() []string {
	return []string{"mentions", "figures", "report_dates", "report_references", "report_headings", "report_sections",
		"report_totals", "number_counts", "unexplained_numbers"}
}

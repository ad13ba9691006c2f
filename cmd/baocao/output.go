// This file holds how results leave the program: formats, width, output file.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"baocao/cmd/internal/render"
	"baocao/db"
)

// formatsKey is the annotation by which a command names the formats it knows,
// separated by commas. A command without it prints tables.
const formatsKey = "formats"

const tableFormats = "table,csv,json,xlsx,html"

// chartFormats are those of a command whose tables can be drawn.
const chartFormats = tableFormats + ",svg,png"

// formatsOnly is the annotation of a command that knows just these formats.
func formatsOnly(list string) map[string]string { return map[string]string{formatsKey: list} }

// prepareOutput checks the format against what the command can do and opens
// the output file.
func (a *app) prepareOutput(cmd *cobra.Command) error {
	if a.lang != "vi" && a.lang != "en" {
		return usage("--lang %q không có; dùng vi hoặc en", a.lang)
	}
	known := tableFormats
	if own, ok := cmd.Annotations[formatsKey]; ok {
		known = own
	}
	if ext := strings.TrimPrefix(strings.ToLower(filepath.Ext(a.outFile)), "."); !cmd.Flags().Changed("format") && ext != "" && slices.Contains(strings.Split(known, ","), ext) {
		a.format = ext // the name of the file says it
	}
	if list := strings.Split(known, ","); !slices.Contains(list, a.format) {
		return usage(a.say("lệnh %s không có --format %q; dùng %s", "%s has no --format %q; use %s"), cmd.Name(), a.format, strings.Join(list, ", "))
	}
	if a.width < 0 {
		return usage(a.say("--width %d không hợp lệ; cho số cột, hoặc 0 để tự chọn", "--width %d is not possible; give a number of columns, or 0 to choose"), a.width)
	}
	if a.outFile == "" {
		if a.format == "xlsx" || a.format == "png" {
			return usage(a.say("--format %s cần tên tệp: thêm --out TỆP.%[1]s", "--format %s needs a file: add --out FILE.%[1]s"), a.format)
		}
		return nil
	}
	f, err := render.Create(a.outFile, a.force)
	if err != nil {
		return a.fileError(a.outFile, err)
	}
	a.file, a.out = f, f
	return nil
}

// finishOutput writes the tables that were collected and gives the output file its name.
// It keeps nothing when the command failed.
func (a *app) finishOutput(failed error) error {
	var exit *exitError
	complete := failed == nil || errors.As(failed, &exit) && slices.Contains([]int{exitSkipped, exitFindings, exitInterrupted}, exit.code)
	if a.file != nil {
		defer a.file.Discard()
	}
	if !complete {
		return a.outputError(failed)
	}
	err := a.writeTables()
	if err == nil && a.file != nil {
		err = a.file.Commit()
	}
	if err != nil {
		return a.outputError(err)
	}
	return failed
}

// outputError says what can be done about --out that could not be written.
func (a *app) outputError(err error) error {
	if a.file == nil {
		return err
	}
	return a.fileError(a.outFile, err)
}

// fileError says what can be done about a file that could not be written.
func (a *app) fileError(path string, err error) error {
	switch {
	case errors.Is(err, db.ErrFull): // that would be the database
		return err
	case errors.Is(err, render.ErrExists):
		return usage(a.say("tệp %s đã có; thêm --force để ghi đè", "%s exists already; add --force to replace it"), path)
	case db.NoRoom(err):
		return fmt.Errorf(a.say("đĩa đầy, không ghi được %s; hãy dọn chỗ rồi chạy lại, không có tệp dở dang nào: %w",
			"the disk is full and %s was not written; make room and run again, no part of the file is left: %w"), path, err)
	}
	return err
}

// print writes tables in the format asked for: at once for people, collected and
// written at the end of the command otherwise, so that a file is one whole.
func (a *app) print(tables ...render.Table) error {
	first := !a.printed
	a.printed = true
	if a.format != "table" {
		a.tables = append(a.tables, tables...)
		return nil
	}
	if !first {
		fmt.Fprintln(a.out)
	}
	return render.Terminal(a.out, tables, render.Language(a.lang), a.columns())
}

func (a *app) writeTables() error {
	if !a.printed || a.format == "table" {
		return nil // written already, or a command that writes its own format
	}
	switch a.format {
	case "csv":
		return render.CSV(a.out, a.tables, render.Language(a.lang))
	case "json":
		return render.JSON(a.out, a.tables)
	case "html":
		return render.HTMLTables(a.out, a.tables, render.Language(a.lang))
	case "svg", "png":
		return a.writePicture()
	case "xlsx":
		return render.XLSX(a.out, a.tables, render.Language(a.lang))
	}
	return fmt.Errorf("format %s: not written", a.format)
}

// writePicture draws the one table that has a chart.
func (a *app) writePicture() error {
	var charts []*render.LineChart
	for i := range a.tables {
		if c := a.tables[i].LineChart(render.Language(a.lang)); c != nil {
			charts = append(charts, c)
		}
	}
	switch {
	case len(charts) == 0:
		return &exitError{exitFailed, errors.New(a.say("không có gì để vẽ: cần số liệu của ít nhất hai kỳ", "nothing to draw: that needs figures of two periods at least"))}
	case len(charts) > 1:
		return usage(a.say("--format %s vẽ một biểu đồ, ở đây có %d: hãy chọn một chỉ tiêu, hoặc dùng --format html", "--format %s draws one chart, here are %d: choose one indicator, or use --format html"), a.format, len(charts))
	case a.format == "png":
		return render.PNG(a.out, charts[0].Draw())
	}
	return render.SVG(a.out, charts[0].Draw())
}

// talk writes a sentence among the tables that people read; other formats have
// no place for it.
func (a *app) talk(format string, args ...any) {
	if a.format == "table" {
		fmt.Fprintf(a.out, format, args...)
	}
}

// columns is the width of tables: as asked, as the terminal is wide, or 100.
func (a *app) columns() int {
	if a.width > 0 {
		return a.width
	}
	if n, err := strconv.Atoi(os.Getenv("COLUMNS")); err == nil && n > 0 {
		return n
	}
	if n := terminalWidth(a.out); n > 0 {
		return n
	}
	return render.DefaultWidth
}

// terminalWidth is 0 for what is no terminal.
func terminalWidth(w io.Writer) int {
	f, ok := w.(*os.File)
	if !ok {
		return 0
	}
	n, _, err := term.GetSize(int(f.Fd()))
	if err != nil {
		return 0
	}
	return n
}

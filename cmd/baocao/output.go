// This file holds how results leave the program: formats, width, output file.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"baocao/cmd/internal/render"
)

// formatsKey is the annotation by which a command names the formats it knows,
// separated by commas. A command without it prints tables.
const formatsKey = "formats"

const tableFormats = "table,csv,json"

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
	if list := strings.Split(known, ","); !slices.Contains(list, a.format) {
		return usage(a.say("lệnh %s không có --format %q; dùng %s", "%s has no --format %q; use %s"), cmd.Name(), a.format, strings.Join(list, ", "))
	}
	if a.width < 0 {
		return usage(a.say("--width %d không hợp lệ; cho số cột, hoặc 0 để tự chọn", "--width %d is not possible; give a number of columns, or 0 to choose"), a.width)
	}
	if a.outFile == "" {
		return nil
	}
	f, err := render.Create(a.outFile, a.force)
	if errors.Is(err, render.ErrExists) {
		return &exitError{exitUsage, fmt.Errorf(a.say("tệp %s đã có; thêm --force để ghi đè", "%s exists already; add --force to replace it"), a.outFile)}
	}
	if err != nil {
		return err
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
		return failed
	}
	if err := a.writeTables(); err != nil {
		return err
	}
	if a.file != nil {
		if err := a.file.Commit(); err != nil {
			return err
		}
	}
	return failed
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
	}
	return fmt.Errorf("format %s: not written", a.format)
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

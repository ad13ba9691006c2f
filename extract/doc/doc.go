// Package doc reads Word 97 (.doc), RTF and ODT files by way of a program that
// is installed on the computer.
//
// LibreOffice converts the file to DOCX, which package docx then reads, so
// tables, list numbers and tracked deletions are treated as in DOCX. Where
// LibreOffice is missing, catdoc gives the text of a .doc; it also prints
// tracked deletions, which a Warning says. Without either, the error says what
// to install.
//
// The program works on a private copy of the file in a private directory with
// a profile of its own, has a deadline, and is ended with everything it
// started; macros and links to other places are switched off.
package doc

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"baocao/extract/document"
	"baocao/extract/docx"
	"baocao/extract/sandbox"
	"baocao/extract/txt"
)

var (
	// ErrNeedsProgram: no program that can read the file is installed.
	ErrNeedsProgram = errors.New("reading this file needs LibreOffice")
	// ErrConvert: the program could not read the file, or took too long.
	ErrConvert = errors.New("the file could not be converted")
	// ErrTooLarge: the file has more than MaxSize bytes.
	ErrTooLarge = errors.New("the file is too large to convert")
)

// MaxSize is the largest file that is converted, in bytes.
const MaxSize = 128 << 20

// Format says what the file is.
type Format string

// The formats that can be converted; the value is the usual file extension.
const (
	Word Format = "doc"
	RTF  Format = "rtf"
	ODT  Format = "odt"
)

// Options says where the programs are; the zero value searches the usual
// places.
type Options struct {
	Soffice string        // LibreOffice program; "-" to do without
	Catdoc  string        // catdoc program; "-" to do without
	Timeout time.Duration // for one file; 0 means two minutes
}

// Read reads a file of size bytes. The error wraps ErrNeedsProgram,
// ErrConvert, ErrTooLarge or the error of ctx.
func Read(ctx context.Context, r io.ReaderAt, size int64, format Format, opt Options) (*document.Document, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if size > MaxSize {
		return nil, fmt.Errorf("%w: %d MiB", ErrTooLarge, size>>20)
	}
	soffice := opt.find(opt.Soffice, sofficePlaces())
	catdoc := ""
	if format == Word {
		catdoc = opt.find(opt.Catdoc, []string{"catdoc"})
	}
	if soffice == "" && catdoc == "" {
		return nil, fmt.Errorf("%w: %s", ErrNeedsProgram, remedy)
	}
	dir, err := os.MkdirTemp("", "baocao-doc-")
	if err != nil {
		return nil, fmt.Errorf("make a directory for the conversion: %w", err)
	}
	defer removeAll(dir)
	in := filepath.Join(dir, "in."+string(format))
	if err := copyTo(in, r, size); err != nil {
		return nil, fmt.Errorf("copy the file for the conversion: %w", err)
	}
	if opt.Timeout <= 0 {
		opt.Timeout = 2 * time.Minute
	}
	sandbox.Extend(ctx, opt.Timeout)
	limited, stop := context.WithTimeout(ctx, opt.Timeout)
	defer stop()

	var doc *document.Document
	if soffice != "" {
		doc, err = viaSoffice(limited, soffice, dir, in)
	} else {
		doc, err = viaCatdoc(limited, catdoc, in)
	}
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case limited.Err() != nil:
		return nil, fmt.Errorf("%w: not done after %v", ErrConvert, opt.Timeout)
	case err != nil:
		return nil, err
	}
	doc.Engine = "doc"
	for i := range doc.Pages {
		doc.Pages[i].Engine = "doc"
	}
	return doc, nil
}

// remedy tells people how to get the program.
const remedy = "install LibreOffice (Windows: the installer from libreoffice.org; " +
	"Debian or Ubuntu: apt install libreoffice-writer-nogui), or save the file as DOCX in Word"

// sofficePlaces lists where LibreOffice is looked for.
func sofficePlaces() []string {
	places := []string{"soffice", "libreoffice"}
	switch runtime.GOOS {
	case "windows":
		// soffice.com waits for the end of the conversion, soffice.exe does not.
		for _, key := range []string{"ProgramFiles", "ProgramFiles(x86)"} {
			if dir := os.Getenv(key); dir != "" {
				places = append([]string{filepath.Join(dir, "LibreOffice", "program", "soffice.com")}, places...)
			}
		}
	case "darwin":
		places = append(places, "/Applications/LibreOffice.app/Contents/MacOS/soffice")
	}
	return places
}

// find returns the program to use, "" when there is none.
func (o Options) find(given string, places []string) string {
	if given == "-" {
		return ""
	}
	if given != "" {
		places = []string{given}
	}
	for _, place := range places {
		if path, err := exec.LookPath(place); err == nil {
			return path
		}
	}
	return ""
}

func copyTo(name string, r io.ReaderAt, size int64) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, io.NewSectionReader(r, 0, size))
	return errors.Join(err, f.Close())
}

// removeAll removes the directory; on Windows a program that was just ended
// may hold a file a moment longer.
func removeAll(dir string) {
	for range 20 {
		if os.RemoveAll(dir) == nil {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// settings of the private profile: no macros, nothing fetched from elsewhere.
const settings = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
`

// viaSoffice converts the file with LibreOffice and reads the result.
func viaSoffice(ctx context.Context, program, dir, in string) (*document.Document, error) {
	profile := filepath.Join(dir, "profile")
	if err := os.MkdirAll(filepath.Join(profile, "user"), 0o700); err != nil {
		return nil, fmt.Errorf("make the LibreOffice profile: %w", err)
	}
	if err := os.WriteFile(filepath.Join(profile, "user", "registrymodifications.xcu"), []byte(settings), 0o600); err != nil {
		return nil, fmt.Errorf("make the LibreOffice profile: %w", err)
	}
	out := filepath.Join(dir, "out")
	talk, err := run(ctx, dir, program,
		"-env:UserInstallation="+fileURL(profile),
		"--headless", "--norestore", "--nologo", "--nodefault",
		"--convert-to", "docx:MS Word 2007 XML", "--outdir", out, in)
	if err != nil {
		return nil, fmt.Errorf("%w: LibreOffice: %v: %s", ErrConvert, err, firstLine(talk))
	}
	f, err := os.Open(filepath.Join(out, "in.docx"))
	if errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("%w: LibreOffice gave no result: %s", ErrConvert, firstLine(talk))
	}
	if err != nil {
		return nil, fmt.Errorf("open the converted file: %w", err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, fmt.Errorf("open the converted file: %w", err)
	}
	doc, err := docx.Read(ctx, f, info.Size())
	if err != nil {
		return nil, fmt.Errorf("%w: read the converted file: %v", ErrConvert, err)
	}
	return doc, nil
}

// fileURL writes a path as the URL that LibreOffice wants.
func fileURL(path string) string {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // C:/...
	}
	return "file://" + strings.NewReplacer("%", "%25", " ", "%20", "#", "%23", "?", "%3F").Replace(path)
}

// viaCatdoc takes the text that catdoc prints.
func viaCatdoc(ctx context.Context, program, in string) (*document.Document, error) {
	out, err := run(ctx, filepath.Dir(in), program, "-w", "-d", "utf-8", in)
	if err != nil {
		return nil, fmt.Errorf("%w: catdoc: %v: %s", ErrConvert, err, firstLine(out))
	}
	// catdoc marks what it cannot show with control characters.
	out = bytes.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' && r != '\f' {
			return -1
		}
		return r
	}, out)
	doc, err := txt.Read(ctx, bytes.NewReader(out), int64(len(out)))
	if err != nil {
		return nil, fmt.Errorf("%w: catdoc: %v", ErrConvert, err)
	}
	doc.Warnings = append(doc.Warnings,
		"read with catdoc because LibreOffice is not installed: text that was deleted with tracked changes may be included, list numbers and notes may be missing")
	return doc, nil
}

// maxOutput bounds what a program may print.
const maxOutput = 32 << 20

// run runs a program and returns what it prints on its standard output, or on
// its standard error when it prints nothing else.
func run(ctx context.Context, dir, program string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Dir = dir
	// Without a display and with a home of its own it leaves no traces.
	cmd.Env = append(os.Environ(), "HOME="+dir, "LC_ALL=C.UTF-8")
	var out, talk limited
	cmd.Stdout, cmd.Stderr = &out, &talk
	cmd.WaitDelay = 5 * time.Second
	endTogether(cmd)
	err := cmd.Run()
	if out.full {
		return nil, fmt.Errorf("it printed more than %d MiB", maxOutput>>20)
	}
	if out.buf.Len() == 0 {
		return talk.buf.Bytes(), err
	}
	return out.buf.Bytes(), err
}

// limited keeps what is written to it, up to maxOutput bytes. It does not
// embed the buffer, whose ReadFrom would go round the limit.
type limited struct {
	buf  bytes.Buffer
	full bool
}

func (l *limited) Write(p []byte) (int, error) {
	if l.buf.Len()+len(p) > maxOutput {
		l.full = true
		return 0, io.ErrShortWrite
	}
	return l.buf.Write(p)
}

func firstLine(b []byte) string {
	line, _, _ := strings.Cut(strings.TrimSpace(string(b)), "\n")
	return strings.ToValidUTF8(strings.TrimSpace(line), "?")
}

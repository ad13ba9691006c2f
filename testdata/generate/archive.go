// This file makes the series of reports and writes an archive of files.
package generate

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"
)

// Options say what to make. The zero value of a field is what is said there.
type Options struct {
	Communes int       // 0 is 8
	Months   int       // 0 is 3
	First    time.Time // first month; zero is January 2023
	Seed     uint64
	// PDF and TXT are the shares of reports in these formats; the rest is DOCX.
	PDF, TXT float64
	// Scans is the share of reports that are pictures of pages.
	Scans float64
	// Errors is the share of reports with a wrong figure.
	Errors float64
	// Copies and Twins are shares of reports that lie there a second time: the
	// same bytes elsewhere, or the same report in the other format.
	Copies, Twins float64
	// Broken is the share of reports beside which lies a file that cannot be read.
	Broken float64
	// NoTruth leaves the labels out, which are larger than the files.
	NoTruth bool
}

func (o Options) withDefaults() Options {
	if o.Communes == 0 {
		o.Communes = 8
	}
	if o.Months == 0 {
		o.Months = 3
	}
	if o.First.IsZero() {
		o.First = time.Date(2023, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	o.First = time.Date(o.First.Year(), o.First.Month(), 1, 0, 0, 0, 0, time.UTC)
	return o
}

// Kind says what a file of an archive is.
type Kind string

const (
	Original Kind = "report"
	Scan     Kind = "scan"
	Copy     Kind = "copy" // the same bytes as another file
	Twin     Kind = "twin" // the same report in another format
	Broken   Kind = "broken"
)

// File is one file of an archive.
type File struct {
	Path   string // below the folder files, with slashes
	Kind   Kind
	Of     string // the path of the report that a copy or twin repeats
	Unit   string
	Period string
	Error  string // what is wrong in its figures; "" is nothing
	data   []byte
	truth  *Truth
}

// Series gives the reports of one commune, i counted from 0, in order of months.
func Series(o Options, i int) ([]Report, error) {
	w, err := loadWording()
	if err != nil {
		return nil, err
	}
	out, _, err := series(o.withDefaults(), w, i)
	return out, err
}

// series also gives the source of chance for what becomes of the reports.
func series(o Options, w *wording, i int) ([]Report, *rand.Rand, error) {
	r := rand.New(rand.NewPCG(o.Seed, uint64(i)))
	c := newCommune(r, w, i)
	s := newStyle(r, w)
	var out []Report
	for m := range o.Months {
		first := o.First.AddDate(0, m, 0)
		f := c.month(r, w, first)
		var fault *Finding
		if r.Float64() < o.Errors {
			found := spoil(r, f)
			fault = &found
		}
		rep, err := writeReport(r, w, c, s, f, first)
		if err != nil {
			return nil, nil, err
		}
		if fault != nil {
			for _, l := range rep.Truth.Figures {
				if l.Indicator == fault.Indicators[1] && len(l.Dims) == 0 {
					fault.Snippet = l.Snippet
				}
			}
			rep.Truth.Clean, rep.Truth.Findings = false, []Finding{*fault}
		}
		out = append(out, rep)
	}
	return out, r, nil
}

// files gives all files of one commune.
func files(o Options, w *wording, i int) ([]File, error) {
	reports, r, err := series(o, w, i)
	if err != nil {
		return nil, err
	}
	var out []File
	for j := range reports {
		rep := &reports[j]
		format, kind := "docx", Original
		switch x := r.Float64(); {
		case x < o.Scans:
			format, kind = "scan", Scan
		case x < o.Scans+o.PDF:
			format = "pdf"
		case x < o.Scans+o.PDF+o.TXT:
			format = "txt"
		}
		file, err := rep.file(format)
		if err != nil {
			return nil, err
		}
		file.Kind, file.truth = kind, &rep.Truth
		if len(rep.Truth.Findings) > 0 {
			file.Error = rep.Truth.Findings[0].Arithmetic
		}
		rep.Truth.File = file.Path
		out = append(out, file)
		if r.Float64() < o.Copies {
			again := file
			again.Path, again.Kind, again.Of, again.truth = "ban-sao/"+file.Path, Copy, file.Path, nil
			out = append(out, again)
		}
		if r.Float64() < o.Twins {
			other := map[string]string{"docx": "pdf", "pdf": "docx", "txt": "docx", "scan": "docx"}[format]
			twin, err := rep.file(other)
			if err != nil {
				return nil, err
			}
			twin.Kind, twin.Of, twin.Error = Twin, file.Path, file.Error
			out = append(out, twin)
		}
		if r.Float64() < o.Broken {
			out = append(out, broken(r, rep, file))
		}
	}
	return out, nil
}

// file writes the report in one format.
func (r Report) file(format string) (File, error) {
	f := File{Unit: r.Truth.Report.Unit, Period: r.Truth.Report.Period}
	var err error
	ending := format
	switch format {
	case "docx":
		f.data, err = r.DOCX()
	case "pdf":
		f.data, err = r.PDF()
	case "scan":
		f.data, err = r.Scan()
		ending = "pdf"
	default:
		f.data = []byte(r.Text)
	}
	f.Path = r.Folder + "/" + r.Name + "." + ending
	return f, err
}

// broken makes a file that cannot be read.
func broken(r *rand.Rand, rep *Report, of File) File {
	out := File{Kind: Broken, Unit: of.Unit, Period: of.Period}
	path := rep.Folder + "/hong-" + rep.Name
	switch r.IntN(4) {
	case 0:
		out.Path = path + ".docx"
	case 1:
		out.Path, out.data = path+filepath.Ext(of.Path), of.data[:len(of.data)/3]
		if filepath.Ext(of.Path) == ".txt" {
			out.data = nil
		}
	case 2:
		out.Path, out.data = path+".docx", []byte("<!DOCTYPE html><html><body>Phiên đăng nhập đã hết hạn</body></html>")
	default:
		out.Path, out.data = path+".pdf", make([]byte, 2000)
		for i := range out.data {
			out.data[i] = byte(r.IntN(256))
		}
	}
	return out
}

// Archive writes an archive below dir, which must be empty or absent: the files
// in dir/files, what each of them is in dir/manifest.csv, and the labels, one
// report a line, in dir/truth.jsonl. It returns the files in the order of their
// paths.
func Archive(ctx context.Context, dir string, o Options) ([]File, error) {
	o = o.withDefaults()
	w, err := loadWording()
	if err != nil {
		return nil, err
	}
	if entries, err := os.ReadDir(dir); err == nil && len(entries) > 0 {
		return nil, fmt.Errorf("%s is not empty", dir)
	} else if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	perCommune := make([][]File, o.Communes)
	fails := make([]error, o.Communes)
	work := make(chan int)
	var group sync.WaitGroup
	for range runtime.NumCPU() {
		group.Go(func() {
			for i := range work {
				perCommune[i], fails[i] = writeFiles(ctx, dir, o, w, i)
			}
		})
	}
	for i := range o.Communes {
		work <- i
	}
	close(work)
	group.Wait()
	if err := errors.Join(fails...); err != nil {
		return nil, err
	}
	all := slices.Concat(perCommune...)
	slices.SortFunc(all, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	return all, errors.Join(writeManifest(dir, all), writeTruth(dir, all, o))
}

// writeFiles makes and writes the files of one commune.
func writeFiles(ctx context.Context, dir string, o Options, w *wording, i int) ([]File, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	made, err := files(o, w, i)
	if err != nil {
		return nil, fmt.Errorf("commune %d: %w", i, err)
	}
	for j := range made {
		path := filepath.Join(dir, "files", filepath.FromSlash(made[j].Path))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return nil, err
		}
		if err := os.WriteFile(path, made[j].data, 0o644); err != nil {
			return nil, err
		}
		made[j].data = nil
		if o.NoTruth {
			made[j].truth = nil
		}
	}
	return made, nil
}

func writeManifest(dir string, all []File) error {
	f, err := os.Create(filepath.Join(dir, "manifest.csv"))
	if err != nil {
		return err
	}
	w := csv.NewWriter(f)
	_ = w.Write([]string{"path", "kind", "of", "unit", "period", "error"}) // Flush tells
	for _, x := range all {
		_ = w.Write([]string{x.Path, string(x.Kind), x.Of, x.Unit, x.Period, x.Error})
	}
	w.Flush()
	return errors.Join(w.Error(), f.Close())
}

func writeTruth(dir string, all []File, o Options) error {
	if o.NoTruth {
		return nil
	}
	f, err := os.Create(filepath.Join(dir, "truth.jsonl"))
	if err != nil {
		return err
	}
	enc := json.NewEncoder(f)
	enc.SetEscapeHTML(false)
	for _, x := range all {
		if x.truth == nil {
			continue
		}
		if err := enc.Encode(x.truth); err != nil {
			return errors.Join(err, f.Close())
		}
	}
	return f.Close()
}

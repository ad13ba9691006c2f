// One run of the tesseract program.
package ocr

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"math"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// Tesseract's page segmentation modes that we use.
const (
	modeColumn      = "4" // one column of text of any size: keeps table rows whole
	modeBlock       = "6" // one block of text: leaves out nothing, however small
	modeOrientation = "0" // only find out which way is up
)

// maxAnswer bounds what is kept of tesseract's output.
const maxAnswer = 32 << 20

// words recognises the words of a picture.
func (r *Reader) words(ctx context.Context, img *image.Gray, dpi float64, language, mode string) ([]word, error) {
	out, err := r.run(ctx, img, "-l", language, "--psm", mode, "--dpi", strconv.Itoa(int(math.Round(dpi))), "tsv")
	if err != nil {
		return nil, err
	}
	return parseTSV(out)
}

// run feeds the picture to tesseract and returns what it prints. The picture
// goes through a pipe: no temporary files to leave behind.
func (r *Reader) run(ctx context.Context, img *image.Gray, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, r.program, append([]string{"stdin", "stdout"}, args...)...)
	// Pages run in parallel; threads inside a page would only fight over cores.
	cmd.Env = append(os.Environ(), "OMP_THREAD_LIMIT=1")
	cmd.WaitDelay = 2 * time.Second
	cmd.Stdin = portableGrayMap(img)
	var out, talk bytes.Buffer
	cmd.Stdout = &limitedWriter{w: &out, left: maxAnswer}
	cmd.Stderr = &limitedWriter{w: &talk, left: 4 << 10}
	if err := cmd.Run(); err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, fmt.Errorf("run tesseract: %w: %s", err, strings.TrimSpace(talk.String()))
	}
	return out.Bytes(), nil
}

// portableGrayMap is the picture in the PGM format, the simplest one tesseract
// reads: a header line, then the pixels as they are.
func portableGrayMap(img *image.Gray) io.Reader {
	width, height := img.Rect.Dx(), img.Rect.Dy()
	header := strings.NewReader(fmt.Sprintf("P5 %d %d 255\n", width, height))
	if img.Stride == width {
		return io.MultiReader(header, bytes.NewReader(img.Pix[:width*height]))
	}
	readers := []io.Reader{header}
	for y := range height {
		readers = append(readers, bytes.NewReader(img.Pix[y*img.Stride:y*img.Stride+width]))
	}
	return io.MultiReader(readers...)
}

var errTooMuch = errors.New("too much output")

// limitedWriter fails when more comes than is sensible for a page.
type limitedWriter struct {
	w    io.Writer
	left int
}

func (l *limitedWriter) Write(p []byte) (int, error) {
	if len(p) > l.left {
		return 0, errTooMuch
	}
	l.left -= len(p)
	return l.w.Write(p)
}

// Where tesseract is found, and what to install when it is not.
package ocr

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"
)

// digitsLanguage is tesseract's data that reads lone numbers best.
const digitsLanguage = "eng"

// askTime is how long tesseract may take to list its languages.
const askTime = 10 * time.Second

// find settles r.program and makes sure that it knows the language.
func (r *Reader) find(ctx context.Context) error {
	candidates := []string{r.program}
	if r.program == "" {
		candidates = places(runtime.GOOS, os.Getenv)
	}
	for _, candidate := range candidates {
		path, err := exec.LookPath(candidate)
		if err != nil {
			continue
		}
		r.program = path
		return r.checkLanguage(ctx)
	}
	return fmt.Errorf("%w: tesseract was not found; %s", ErrNeedsOCR, hint(runtime.GOOS))
}

// places lists where tesseract may be, best first. The Windows installer does
// not put it on the search path.
func places(system string, getenv func(string) string) []string {
	list := []string{"tesseract"}
	if system != "windows" {
		return list
	}
	for _, variable := range []string{"ProgramFiles", "ProgramFiles(x86)", "LocalAppData"} {
		dir := getenv(variable)
		if dir == "" {
			continue
		}
		if variable == "LocalAppData" {
			dir = filepath.Join(dir, "Programs")
		}
		list = append(list, filepath.Join(dir, "Tesseract-OCR", "tesseract.exe"))
	}
	return list
}

func (r *Reader) checkLanguage(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, askTime)
	defer cancel()
	out, err := exec.CommandContext(ctx, r.program, "--list-langs").CombinedOutput()
	if err != nil {
		return fmt.Errorf("%w: %s does not run: %w; %s", ErrNeedsOCR, r.program, err, hint(runtime.GOOS))
	}
	languages := strings.Fields(string(out))
	if slices.Contains(languages, digitsLanguage) && r.language != digitsLanguage {
		r.digits = digitsLanguage
	}
	if !slices.Contains(languages, r.language) {
		return fmt.Errorf("%w: tesseract has no data for language %q; %s", ErrNeedsOCR, r.language, hint(runtime.GOOS))
	}
	return nil
}

// hint is the exact thing to do on a system.
func hint(system string) string {
	switch system {
	case "windows":
		return "install it with: winget install --id UB-Mannheim.TesseractOCR (or the installer from https://github.com/UB-Mannheim/tesseract/wiki) and tick Vietnamese under Additional language data"
	case "darwin":
		return "install it with: brew install tesseract tesseract-lang"
	default:
		return "install it with: apt-get install tesseract-ocr tesseract-ocr-vie"
	}
}

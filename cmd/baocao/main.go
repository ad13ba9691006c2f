// Command baocao reads monthly reports of Vietnamese communes on administrative
// reform, stores their figures and shows what contradicts and how they develop.
package main

import (
	"context"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"baocao/extract"
	"baocao/extract/document"
	"baocao/extract/sandbox"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	// A second Ctrl-C ends the program at once, as without us. One key press may
	// arrive twice, from the terminal and from the program that started us.
	context.AfterFunc(ctx, func() { time.AfterFunc(time.Second, stop) })
	var code int
	if sandbox.IsWorker() {
		code = sandbox.Main(ctx, sentinels(), sandbox.ReadHandler(readOne))
	} else {
		code = run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	}
	stop()
	os.Exit(code)
}

// readOne is what a worker process does with a file.
func readOne(ctx context.Context, name string, r io.ReaderAt, size int64, opt extract.Options) (*document.Document, error) {
	return extract.Read(ctx, name, r, size, opt)
}

// sentinels are the errors of reading that must be told apart on this side of a
// worker process.
func sentinels() sandbox.Sentinels {
	return sandbox.Sentinels{
		"empty": extract.ErrEmpty, "unsupported": extract.ErrUnsupported, "encrypted": extract.ErrEncrypted,
		"not-document": extract.ErrNotDocument, "damaged": extract.ErrDamaged, "too-large": extract.ErrTooLarge,
		"no-text": extract.ErrNoTextLayer, "needs-program": extract.ErrNeedsProgram, "needs-ocr": extract.ErrNeedsOCR,
	}
}

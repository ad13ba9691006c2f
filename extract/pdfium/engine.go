// Package pdfium is the second PDF engine: PDFium compiled to WebAssembly.
//
// In: the bytes of a PDF. Out: the characters of its pages with their boxes and
// the ruling lines as layout.Page, or a page as a picture for OCR. It is the
// cross-check and fallback of package pdf: slower to start, but it has seen
// every kind of broken file. PDFium runs inside wazero with no file system, no
// network, no clock worth speaking of and a memory limit, so a fault in it ends
// in an error, not in a crash. Passwords are not asked for: an encrypted file
// that does not open without one gives ErrPassword.
package pdfium

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"time"

	gopdfium "github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// Errors a caller may branch on.
var (
	ErrPassword = errors.New("the file is locked with a password")
	ErrFormat   = errors.New("pdfium cannot open the file")
)

const (
	wasmPage           = 64 << 10
	defaultMemoryLimit = 384 << 20
	maxMemoryLimit     = 2 << 30 // wasm32, and offsets above 2 GiB upset PDFium
)

// Options of an Engine. The zero value works.
type Options struct {
	// CacheDir keeps the compiled module between runs; compiling takes seconds,
	// loading it tenths. Empty means the user's cache folder; NoCache means none.
	CacheDir string
	// MemoryLimit in bytes is what PDFium may use for one document, the file
	// itself included. Zero means 384 MiB.
	MemoryLimit int64
	// CallTime is how long opening a file or looking at a page may take, and
	// RenderTime drawing one. Zero means 5 and 20 seconds.
	CallTime, RenderTime time.Duration
}

// limits are the times of Options.
type limits struct{ call, render time.Duration }

const (
	defaultCallTime   = 5 * time.Second
	defaultRenderTime = 20 * time.Second
)

// NoCache as Options.CacheDir compiles anew and writes nothing to disk.
const NoCache = "-"

// Engine is a loaded PDFium. It is safe for concurrent use: every document gets
// an instance of its own.
type Engine struct {
	pool   gopdfium.Pool
	cache  wazero.CompilationCache
	limits limits
}

// New loads PDFium. ctx bounds the whole life of the engine: when it ends, calls
// in progress are interrupted and later ones fail.
func New(ctx context.Context, opt Options) (*Engine, error) {
	dir := opt.CacheDir
	if dir == "" {
		dir = defaultCacheDir()
	}
	if dir != NoCache {
		if engine, err := load(ctx, dir, opt); err == nil {
			return engine, nil
		}
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("load pdfium: %w", err)
		}
		// A cache that cannot be written, or was damaged, costs time only.
	}
	engine, err := load(ctx, NoCache, opt)
	if err != nil {
		return nil, fmt.Errorf("load pdfium: %w", err)
	}
	return engine, nil
}

// defaultCacheDir is where compiled code is kept, NoCache where the system
// names no cache folder.
func defaultCacheDir() string {
	base, err := os.UserCacheDir()
	if err != nil {
		return NoCache
	}
	return filepath.Join(base, "baocao", "pdfium")
}

func load(ctx context.Context, dir string, opt Options) (*Engine, error) {
	memory := opt.MemoryLimit
	if memory <= 0 {
		memory = defaultMemoryLimit
	}
	memory = min(memory, maxMemoryLimit)
	// Closing on context end is what makes a hung document stoppable.
	config := wazero.NewRuntimeConfig().
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
		WithMemoryLimitPages(uint32(memory / wasmPage)).
		WithCloseOnContextDone(true)
	engine := &Engine{limits: limits{call: opt.CallTime, render: opt.RenderTime}}
	if engine.limits.call <= 0 {
		engine.limits.call = defaultCallTime
	}
	if engine.limits.render <= 0 {
		engine.limits.render = defaultRenderTime
	}
	if dir != NoCache {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return nil, err
		}
		cache, err := wazero.NewCompilationCacheWithDir(dir)
		if err != nil {
			return nil, err
		}
		engine.cache = cache
		config = config.WithCompilationCache(cache)
	}
	pool, err := webassembly.Init(webassembly.Config{
		// The first run compiles; all processors share that.
		Context: experimental.WithMemoryAllocator(
			experimental.WithCompilationWorkers(ctx, runtime.NumCPU()), reserve(memory)),
		// One instance per open document; the caller bounds how many there are.
		MaxTotal: 64,
		// Without this the module would see the whole disk.
		FSConfig:      wazero.NewFSConfig(),
		RuntimeConfig: config,
		Stdout:        io.Discard,
		Stderr:        io.Discard,
	})
	if err != nil {
		return nil, errors.Join(err, engine.Close())
	}
	engine.pool = pool
	return engine, nil
}

// Close frees the engine. Documents still open become unusable.
func (e *Engine) Close() error {
	var errs []error
	if e.pool != nil {
		errs = append(errs, e.pool.Close())
	}
	if e.cache != nil {
		errs = append(errs, e.cache.Close(context.Background()))
	}
	return errors.Join(errs...)
}

// instanceWait is how long a document waits for a free instance.
const instanceWait = 30 * time.Second

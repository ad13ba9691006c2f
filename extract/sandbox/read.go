// Reading documents through the pool: the request and reply that most use.
package sandbox

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"baocao/extract/document"
)

// KindRead is the Request.Kind of Pool.Read.
const KindRead = "read"

// ReadFunc reads one document. O are its options; they must survive JSON.
type ReadFunc[O any] func(ctx context.Context, name string, r io.ReaderAt, size int64, opt O) (*document.Document, error)

// ReadHandler makes a Handler for requests of KindRead.
func ReadHandler[O any](read ReadFunc[O]) Handler {
	return func(ctx context.Context, request Request) ([]byte, error) {
		if request.Kind != KindRead {
			return nil, fmt.Errorf("unknown kind of request %q", request.Kind)
		}
		var opt O
		if len(request.Options) > 0 {
			if err := json.Unmarshal(request.Options, &opt); err != nil {
				return nil, fmt.Errorf("decode options: %w", err)
			}
		}
		r, size, done, err := request.Open()
		if err != nil {
			return nil, err
		}
		defer done()
		doc, err := read(ctx, request.Name, r, size, opt)
		if err != nil {
			return nil, err
		}
		if doc == nil {
			return nil, errors.New("the reader gave nothing")
		}
		return encodeDocument(doc), nil
	}
}

// Open gives the document of the request. done must be called when it has been
// read.
func (r Request) Open() (at io.ReaderAt, size int64, done func(), err error) {
	if r.Path == "" {
		return bytes.NewReader(r.Data), int64(len(r.Data)), func() {}, nil
	}
	file, err := os.Open(r.Path)
	if err != nil {
		return nil, 0, nil, err
	}
	info, err := file.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = fmt.Errorf("%s is not a file", r.Path)
	}
	if err != nil {
		file.Close()
		return nil, 0, nil, err
	}
	// Opened for reading only: nothing can be lost by closing it.
	return file, info.Size(), func() { file.Close() }, nil
}

// Read has a worker read the file at path with options opt (anything that
// survives JSON; nil means none). The worker must use ReadHandler.
func (p *Pool) Read(ctx context.Context, name, path string, opt any) (*document.Document, error) {
	return p.read(ctx, Request{Kind: KindRead, Name: name, Path: path}, opt)
}

// ReadBytes is Read for a document that is no file of its own.
func (p *Pool) ReadBytes(ctx context.Context, name string, data []byte, opt any) (*document.Document, error) {
	return p.read(ctx, Request{Kind: KindRead, Name: name, Data: data}, opt)
}

func (p *Pool) read(ctx context.Context, request Request, opt any) (*document.Document, error) {
	if opt != nil {
		options, err := json.Marshal(opt)
		if err != nil {
			return nil, fmt.Errorf("encode options: %w", err)
		}
		request.Options = options
	}
	reply, err := p.Do(ctx, request)
	if err != nil {
		return nil, err
	}
	doc, err := decodeDocument(reply)
	if err != nil {
		return nil, fmt.Errorf("decode the reader's answer: %w", err)
	}
	return doc, nil
}

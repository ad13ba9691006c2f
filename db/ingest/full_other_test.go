//go:build !linux

package ingest

import "errors"

func limitFiles(string) error { return errors.New("this system cannot limit the size of files") }

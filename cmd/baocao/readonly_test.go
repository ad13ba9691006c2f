package main

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"baocao/db"
	"baocao/db/check"
)

// A database that can only be read is checked all the same.
func TestCheckOfReadOnlyDatabase(t *testing.T) {
	file := archiveDB(t)
	ctx := context.Background()
	store, err := db.Open(ctx, file, db.Options{Now: time.Now, ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	var out, errOut bytes.Buffer
	a := &app{out: &out, err: &errOut, db: file, format: "json", lang: "vi"}
	err = a.checkStore(ctx, store, checkOptions{severity: "info", failOn: "error"}, check.Options{})
	if e := store.Close(); e != nil {
		t.Error(e)
	}
	var exit *exitError
	if !errors.As(err, &exit) || exit.code != exitFindings {
		t.Errorf("error is %v, with errors found and --fail-on", err)
	}
	if !strings.Contains(errOut.String(), "chỉ đọc được") || !strings.Contains(errOut.String(), file) {
		t.Errorf("stderr: %s", errOut.String())
	}
	if code, list, _ := baocao(t, "findings", "list", "--db", file, "--format", "json"); code != exitFine || list != "" {
		t.Errorf("exit %d; stored: %s", code, list)
	}
	if code, want, _ := baocao(t, "check", "--db", file, "--format", "json"); code != exitFine || want != out.String() || want == "" {
		t.Errorf("exit %d; the findings are not those of a check that stores them:\n%s\n%s", code, want, out.String())
	}
}

// This file measures where the time of an import goes, stage by stage in one
// process.
package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing/fstest"
	"time"

	"baocao/db"
	"baocao/extract"
	"baocao/extract/document"
	"baocao/extract/rules"
	"baocao/normalize"
)

// stages takes the files of the formats through the stages one after the other.
func (b *bench) stages(ctx context.Context) error {
	set, err := rules.Default()
	if err != nil {
		return err
	}
	row := table("stage", "DOCX, ms a file", "PDF, ms a file")
	names := []string{"hash", "read", "rules", "rules, of texts never met", "normalise", "compress the text", "store (SQLite)"}
	took := map[string][]time.Duration{}
	counts := map[string]int{}
	for _, format := range []string{"DOCX", "PDF"} {
		paths, err := filepath.Glob(filepath.Join(b.dir, format, "files", "*", "*"))
		if err != nil {
			return err
		}
		if took[format], err = b.stage(ctx, set, format, paths); err != nil {
			return err
		}
		counts[format] = len(paths)
	}
	for i, name := range names {
		row(name, perFile(took["DOCX"][i], counts["DOCX"]), perFile(took["PDF"][i], counts["PDF"]))
	}
	fmt.Println()
	text, err := b.rulesGrowth(ctx, set)
	if err != nil {
		return err
	}
	fmt.Print("The rules alone:\n\n" + text)
	return nil
}

// stage gives the time of each stage over all paths.
func (b *bench) stage(ctx context.Context, set *rules.Set, format string, paths []string) ([]time.Duration, error) {
	took := make([]time.Duration, 7)
	last := time.Now()
	lap := func(i int) {
		now := time.Now()
		took[i] += now.Sub(last)
		last = now
	}
	store, err := db.Open(ctx, filepath.Join(b.dir, format+"-stages.db"), db.Options{Now: time.Now})
	if err != nil {
		return nil, err
	}
	defer store.Close()
	bare, memory := set.Forgetful(), normalize.NewMemory()
	var batch []db.Intake
	for i, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		last = time.Now()
		sum := sha256.Sum256(data)
		lap(0)
		doc, err := extract.Read(ctx, path, bytes.NewReader(data), int64(len(data)), extract.Options{})
		if err != nil {
			return nil, err
		}
		lap(1)
		found := set.Extract(doc)
		lap(2)
		bare.Extract(doc)
		lap(3)
		rep, err := normalize.Build(doc, found, normalize.Source{Path: path, Memory: memory})
		if err != nil {
			return nil, err
		}
		lap(4)
		packed, err := db.Pack(doc)
		if err != nil {
			return nil, err
		}
		lap(5)
		batch = append(batch, db.Intake{Path: path, SHA256: hex.EncodeToString(sum[:]), RuleSetHash: set.Hash(), Engine: doc.Engine, Document: packed, Report: rep,
			Fingerprint: db.Fingerprint{Size: int64(len(data)), Modified: last}})
		if len(batch) < 64 && i+1 < len(paths) {
			continue
		}
		last = time.Now()
		if _, err := store.Import(ctx, batch); err != nil {
			return nil, err
		}
		lap(6)
		batch = batch[:0]
	}
	return took, nil
}

// rulesGrowth measures the rules alone on one text, and with the same text and
// the same rules twice and four times over, each time as a text never met.
func (b *bench) rulesGrowth(ctx context.Context, set *rules.Set) (string, error) {
	paths, err := filepath.Glob(filepath.Join(b.dir, "DOCX", "files", "*", "*"))
	if err != nil || len(paths) == 0 {
		return "", fmt.Errorf("no reports to try the rules on: %w", err)
	}
	data, err := os.ReadFile(paths[0])
	if err != nil {
		return "", err
	}
	doc, err := extract.Read(ctx, paths[0], bytes.NewReader(data), int64(len(data)), extract.Options{})
	if err != nil {
		return "", err
	}
	var out strings.Builder
	for _, times := range []int{1, 2, 4} {
		long := repeat(doc, times)
		fmt.Fprintf(&out, "- %d kB of text: %s for 20 kB\n", len(long.Text)/1000, per20kB(set, long))
	}
	for _, times := range []int{2, 4} {
		more, err := rules.LoadWith(strangeRules((times - 1) * len(set.Rules())))
		if err != nil {
			return "", err
		}
		fmt.Fprintf(&out, "- %d times as many rules: %s for 20 kB\n", times, per20kB(more, doc))
	}
	return out.String() + "\n", nil
}

// per20kB is the best of several times of a set over a text.
func per20kB(set *rules.Set, doc *document.Document) string {
	best, bare := time.Hour, set.Forgetful()
	for range 20 {
		begun := time.Now()
		bare.Extract(doc)
		best = min(best, time.Since(begun))
	}
	return fmt.Sprintf("%.2f ms", best.Seconds()*1000*20000/float64(len(doc.Text)))
}

// strangeRules makes n rules, each with a concept of two wordings, about things
// that no report speaks of.
func strangeRules(n int) rules.Source {
	var concepts, list strings.Builder
	for i := range n {
		fmt.Fprintf(&concepts, "  - set: {obj: thing_%d}\n    noun: true\n    patterns: ['(chiếc |bộ )?đồ vật kiểu %s( cũ| mới)?']\n", i, letters(i))
		fmt.Fprintf(&list, "  - id: thing-%d\n    when: {obj: thing_%d, act: receive}\n    count: @\n    examples:\n      - {text: 'a', want: {@: '1'}}\n      - {text: 'b', want: none}\n", i, i)
	}
	text := "concepts:\n" + concepts.String() + "rules:\n" + strings.ReplaceAll(list.String(), "@", "feedback.received")
	return rules.Source{FS: fstest.MapFS{"more/things.yaml": {Data: []byte(text)}}, Dir: "more", Name: "more"}
}

// letters spells a number in words that differ.
func letters(i int) string {
	words := []string{"vàng", "cam", "tím", "nâu", "hồng", "xám", "trắng", "đen", "lục", "lam"}
	out := words[i%10]
	for i /= 10; i > 0; i /= 10 {
		out += " " + words[i%10]
	}
	return out
}

// repeat is a document with the same blocks several times over.
func repeat(doc *document.Document, times int) *document.Document {
	var b document.Builder
	for range times {
		for _, x := range doc.Blocks {
			b.Add(x.Kind, x.Page, x.Table, doc.Text[x.Start:x.End])
		}
	}
	return b.Document()
}

package docx

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"unicode/utf8"
)

// trace lists what a scanner finds, one event a line.
func trace(data []byte) (string, error) {
	var b strings.Builder
	s := newScanner(data)
	text := ""
	flush := func() {
		if text != "" {
			fmt.Fprintf(&b, "text %q\n", text)
			text = ""
		}
	}
	for ev := s.next(); ev != evEOF; ev = s.next() {
		switch ev {
		case evText:
			text += string(s.text())
			continue
		case evOpen:
			flush()
			fmt.Fprintf(&b, "open %s", s.local)
			val, ok := s.attr("val")
			fmt.Fprintf(&b, " %q %v\n", val, ok)
		case evClose:
			flush()
			fmt.Fprintf(&b, "close %s\n", s.local)
		}
	}
	return b.String(), s.err
}

// traceStd lists what encoding/xml finds, in the same form.
func traceStd(data []byte) (string, error) {
	var b strings.Builder
	d := xml.NewDecoder(bytes.NewReader(data))
	text := ""
	flush := func() {
		if text != "" {
			fmt.Fprintf(&b, "text %q\n", text)
			text = ""
		}
	}
	depth := 0
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return b.String(), nil
		}
		if err != nil {
			return b.String(), err
		}
		switch tok := token.(type) {
		case xml.StartElement:
			flush()
			depth++
			val, ok := "", false
			for _, a := range tok.Attr {
				if a.Name.Local == "val" && a.Name.Space != "xmlns" && !ok {
					val, ok = a.Value, true
				}
			}
			fmt.Fprintf(&b, "open %s %q %v\n", tok.Name.Local, val, ok)
		case xml.EndElement:
			flush()
			depth--
			fmt.Fprintf(&b, "close %s\n", tok.Name.Local)
		case xml.CharData:
			if depth > 0 {
				text += string(tok)
			}
		case xml.Directive:
			return b.String(), errDoctype
		}
	}
}

var wellFormed = []string{
	`<a/>`,
	`<?xml version="1.0"?><!-- x --><w:a xmlns:w="u" w:val="1"><w:b val='2'/>text &amp; &#225;<![CDATA[<&>]]></w:a>`,
	"<a\n val = \"x>y\" ><b></b ></a>\n",
	`<a xmlns:val="u"><b/></a>`,
	`<a><!-- <b> --><?pi <c> ?>x</a>`,
	`<a val="&lt;&quot;&#x1EA1;"/>`,
}

func TestScannerAgreesWithStandardLibrary(t *testing.T) {
	for _, doc := range wellFormed {
		got, err := trace([]byte(doc))
		want, stdErr := traceStd([]byte(doc))
		if err != nil || stdErr != nil || got != want {
			t.Errorf("%s\ngot  %s (%v)\nwant %s (%v)", doc, got, err, want, stdErr)
		}
	}
}

func TestScannerRefuses(t *testing.T) {
	for _, c := range []struct {
		name, doc string
		want      error // nil: any error
	}{
		{"nothing", ``, nil},
		{"no element", `plain`, nil},
		{"unclosed", `<a><b></b>`, nil},
		{"crossed", `<a><b></a></b>`, nil},
		{"two roots", `<a/><b/>`, nil},
		{"text outside", `<a/>x`, nil},
		{"half a tag", `<a><b`, nil},
		{"half an attribute", `<a b="`, nil},
		{"half a comment", `<a><!-- `, nil},
		{"tag in a tag", `<a <b/>`, nil},
		{"document type", `<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>`, errDoctype},
		{"entity", `<a>&nbsp;</a>`, nil},
		{"open reference", `<a>&amp</a>`, nil},
		{"character zero", `<a>&#0;</a>`, nil},
		{"beyond Unicode", `<a>&#x110000;</a>`, nil},
		{"deep", strings.Repeat("<a>", maxDepth+1), errDepth},
	} {
		_, err := trace([]byte(c.doc))
		if err == nil || c.want != nil && !errors.Is(err, c.want) {
			t.Errorf("%s: error %v, want %v", c.name, err, c.want)
		}
	}
}

func TestNamespaces(t *testing.T) {
	const w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	const strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
	for _, c := range []struct{ name, doc, want string }{
		{"usual prefix", `<w:p xmlns:w="` + w + `"/>`, "p:1"},
		{"other prefix", `<ns0:p xmlns:ns0="` + w + `"/>`, "p:1"},
		{"no prefix", `<p xmlns="` + w + `"><q xmlns=""/><r/></p>`, "p:1 q:0 r:1"},
		{"strict", `<w:p xmlns:w="` + strict + `"/>`, "p:1"},
		{"undeclared", `<w:p/>`, "p:1"},
		{"rebound inside", `<w:p xmlns:w="` + w + `"><x:a xmlns:x="http://schemas.openxmlformats.org/drawingml/2006/main"/><x:a/></w:p>`, "p:1 a:3 a:0"},
	} {
		s := newScanner([]byte(c.doc))
		var got []string
		for ev := s.next(); ev != evEOF; ev = s.next() {
			if ev == evOpen {
				got = append(got, fmt.Sprintf("%s:%d", s.local, s.ns))
			}
		}
		if strings.Join(got, " ") != c.want || s.err != nil {
			t.Errorf("%s: %q, %v", c.name, got, s.err)
		}
	}
}

// FuzzScanner: whatever the standard library takes for well-formed, our
// scanner reads alike. The standard library accepts a few things more or less,
// so only agreement on what both accept is demanded.
func FuzzScanner(f *testing.F) {
	for _, doc := range wellFormed {
		f.Add([]byte(doc))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := trace(data)
		if err != nil || !utf8.Valid(data) || bytes.ContainsAny(data, "\r") {
			return
		}
		want, stdErr := traceStd(data)
		if stdErr == nil && got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	})
}

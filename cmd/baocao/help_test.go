package main

import (
	"context"
	"io"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// helpTexts collects what each command says of itself and of its flags, by path.
func helpTexts(lang string) map[string]string {
	root := (&app{out: io.Discard, err: io.Discard, lang: lang}).root()
	root.InitDefaultHelpCmd()
	texts := map[string]string{}
	var each func(path string, c *cobra.Command)
	each = func(path string, c *cobra.Command) {
		path += " " + c.Name()
		texts[path+" is used"] = c.Use
		texts[path+" is"] = c.Short
		if c.Long != "" {
			texts[path+" does"] = c.Long
		}
		c.LocalFlags().VisitAll(func(f *pflag.Flag) { texts[path+" --"+f.Name] = f.Usage })
		for _, sub := range c.Commands() {
			each(path, sub)
		}
	}
	each("", root)
	return texts
}

// Every command and flag is described in Vietnamese and in English. What stands in
// quotation marks or angle brackets is data.
func TestHelpInBothLanguages(t *testing.T) {
	vi, en := helpTexts("vi"), helpTexts("en")
	data := regexp.MustCompile(`"[^"]*"|<[^>]*>`)
	vietnamese := regexp.MustCompile(`[^\x00-\x7f]`)
	if len(vi) != len(en) || len(en) < 150 {
		t.Errorf("%d texts in Vietnamese, %d in English", len(vi), len(en))
	}
	for what, text := range en {
		if strings.TrimSpace(text) == "" {
			t.Errorf("%s: no English text", what)
		}
		if vietnamese.MatchString(data.ReplaceAllString(text, "")) {
			t.Errorf("%s: Vietnamese in the English help: %s", what, text)
		}
		if strings.HasSuffix(what, " is used") {
			continue // a name without arguments is the same
		}
		if vi[what] == text || !vietnamese.MatchString(vi[what]) {
			t.Errorf("%s: no Vietnamese text: %s", what, vi[what])
		}
	}
}

func TestHelpPages(t *testing.T) {
	for _, c := range []struct {
		args     []string
		want, no string
	}{
		{[]string{"trend", "--help"}, "Cách gọi:\n  baocao trend [CHỈ_TIÊU...] [tùy chọn]", "Usage"},
		{[]string{"help", "findings", "correct"}, "số đã in vẫn giữ", "Flags"},
		{[]string{"trend", "--help"}, "(mặc định 12)", "(default"},
		{[]string{"--lang", "en", "trend", "--help"}, "Usage:\n  baocao trend [INDICATOR...] [flags]", "Cách gọi"},
		{[]string{"help", "import", "--lang=en"}, "Exit codes: 0 done", "Mã thoát"},
		{[]string{"rules", "--lang", "en"}, "More about a command: baocao rules [command] --help", "lệnh"},
		{nil, "Xem từng lệnh: baocao [lệnh] --help", "completion"},
	} {
		var out, errOut strings.Builder
		if code := run(context.Background(), c.args, &out, &errOut); code != exitFine {
			t.Errorf("%v: exit code %d: %s", c.args, code, errOut.String())
		}
		if got := out.String(); !strings.Contains(got, c.want) || strings.Contains(got, c.no) {
			t.Errorf("%v prints\n%s\nwant %q and not %q", c.args, got, c.want, c.no)
		}
	}
	var out, errOut strings.Builder
	if code := run(context.Background(), []string{"help", "nothing", "--lang", "en"}, &out, &errOut); code != exitUsage || !strings.Contains(errOut.String(), `there is no command "nothing"`) {
		t.Errorf("help about nothing: exit code %d, %s", code, errOut.String())
	}
}

func TestLanguageOf(t *testing.T) {
	for want, list := range map[string][][]string{
		"en": {{"--lang", "en"}, {"x", "--lang=en"}, {"--lang", "vi", "--lang", "en"}},
		"vi": {nil, {"--lang"}, {"x", "--", "--lang", "en"}},
		"fr": {{"--lang=fr"}},
	} {
		for _, args := range list {
			if got := languageOf(args); got != want {
				t.Errorf("%q: got %s, want %s", args, got, want)
			}
		}
	}
}

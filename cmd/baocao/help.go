// This file holds the help of the commands in the language in use.
package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

// languageOf finds the language that the arguments ask for before they are read,
// because help is made of texts that a command has from the start.
func languageOf(args []string) string {
	lang := "vi"
	for i, arg := range args {
		switch value, given := strings.CutPrefix(arg, "--lang="); {
		case arg == "--":
			return lang
		case given:
			lang = value
		case arg == "--lang" && i+1 < len(args):
			lang = args[i+1]
		}
	}
	return lang
}

// exitHelp is the paragraph about exit codes.
func (a *app) exitHelp() string {
	return a.say(`
Mã thoát: 0 xong; 1 lỗi; 2 sai cách dùng hoặc bộ quy tắc có lỗi; 3 xong nhưng có tệp không đọc được;
4 kiểm tra thấy mâu thuẫn (chỉ với --fail-on); 130 bị ngắt.`, `
Exit codes: 0 done; 1 failed; 2 wrong usage or faulty rules; 3 done, but files could not be read;
4 contradictions were found (only with --fail-on); 130 interrupted.`)
}

// speak makes what cobra itself says, in English else, speak the language in use.
func (a *app) speak(root *cobra.Command) {
	root.CompletionOptions.HiddenDefaultCmd = true // it is for shells that few office computers have
	root.SetUsageFunc(a.writeUsage)
	root.SetHelpCommand(&cobra.Command{
		Use: a.say("help [LỆNH]", "help [COMMAND]"), Short: a.say("Hướng dẫn về một lệnh", "Help about a command"),
		RunE: func(cmd *cobra.Command, args []string) error {
			about, rest, err := root.Find(args)
			if err != nil || len(rest) > 0 {
				return usage(a.say("không có lệnh %q; xem %s --help", "there is no command %q; see %s --help"), strings.Join(args, " "), root.Name())
			}
			return about.Help()
		},
	})
	var each func(c *cobra.Command)
	each = func(c *cobra.Command) {
		c.Flags().BoolP("help", "h", false, a.say("hướng dẫn về lệnh này", "help about this command"))
		for _, sub := range c.Commands() {
			each(sub)
		}
	}
	each(root)
}

// writeUsage prints how a command is called, with its flags.
func (a *app) writeUsage(c *cobra.Command) error {
	var b strings.Builder
	section := func(vi, en string) { fmt.Fprintf(&b, "\n%s:\n", a.say(vi, en)) }
	fmt.Fprintf(&b, "%s:\n", a.say("Cách gọi", "Usage"))
	if c.Runnable() && !c.HasAvailableSubCommands() {
		fmt.Fprintf(&b, "  %s\n", strings.Replace(c.UseLine(), "[flags]", a.say("[tùy chọn]", "[flags]"), 1))
	}
	if c.HasAvailableSubCommands() {
		fmt.Fprintf(&b, "  %s %s\n", c.CommandPath(), a.say("[lệnh]", "[command]"))
	}
	if c.HasExample() {
		section("Ví dụ", "Examples")
		fmt.Fprintln(&b, c.Example)
	}
	if c.HasAvailableSubCommands() {
		section("Các lệnh", "Commands")
		for _, sub := range c.Commands() {
			if sub.IsAvailableCommand() {
				fmt.Fprintf(&b, "  %-*s %s\n", sub.NamePadding(), sub.Name(), sub.Short)
			}
		}
	}
	flags := func(vi, en, list string) {
		if list == "" {
			return
		}
		section(vi, en)
		b.WriteString(strings.ReplaceAll(list, "(default", a.say("(mặc định", "(default")))
	}
	flags("Tùy chọn", "Flags", c.LocalFlags().FlagUsagesWrapped(a.columns()))
	flags("Tùy chọn chung", "Global flags", c.InheritedFlags().FlagUsagesWrapped(a.columns()))
	if c.HasAvailableSubCommands() {
		fmt.Fprintf(&b, a.say("\nXem từng lệnh: %s [lệnh] --help\n", "\nMore about a command: %s [command] --help\n"), c.CommandPath())
	}
	_, err := c.OutOrStderr().Write([]byte(b.String()))
	return err
}

// This file says how a command is called where it was called otherwise.
package main

import (
	"errors"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// strict makes mistakes in the arguments of a command and of those under it errors
// of usage that say what is right.
func (a *app) strict(c *cobra.Command) {
	c.SetFlagErrorFunc(a.flagMistake)
	check := c.Args
	if c.HasSubCommands() && !c.Runnable() {
		check = func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return nil
			}
			return usage(a.say("không có lệnh %q%s; xem %s --help", "there is no command %q%s; see %s --help"),
				strings.TrimSpace(strings.TrimPrefix(cmd.CommandPath()+" "+args[0], "baocao")), a.suggestion(args[0], names(cmd)), cmd.CommandPath())
		}
		c.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
		c.Args = check
	} else if check != nil {
		c.Args = func(cmd *cobra.Command, args []string) error {
			if check(cmd, args) == nil {
				return nil
			}
			return usage(a.say("số tham số không đúng (%d); cách gọi: %s; xem %s --help", "wrong number of arguments (%d); call it as %s; see %s --help"),
				len(args), strings.TrimSuffix(cmd.UseLine(), " [flags]"), cmd.CommandPath())
		}
	}
	for _, sub := range c.Commands() {
		a.strict(sub)
	}
}

// names lists the commands under one.
func names(c *cobra.Command) []string {
	var out []string
	for _, sub := range c.Commands() {
		if sub.IsAvailableCommand() {
			out = append(out, sub.Name())
		}
	}
	return out
}

// flagMistake says what is wrong with a flag.
func (a *app) flagMistake(c *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	if errors.As(err, &unknown) {
		return usage(a.say("không có tùy chọn %s; xem %s --help", "there is no flag %s; see %s --help"), dashes(unknown.GetSpecifiedName()), c.CommandPath())
	}
	var bare *pflag.ValueRequiredError
	if errors.As(err, &bare) {
		return usage(a.say("tùy chọn %s cần một giá trị; xem %s --help", "the flag %s needs a value; see %s --help"), dashes(bare.GetSpecifiedName()), c.CommandPath())
	}
	var wrong *pflag.InvalidValueError
	if errors.As(err, &wrong) {
		return usage(a.say("giá trị %q của --%s không hợp lệ; xem %s --help", "the value %q of --%s is not possible; see %s --help"), wrong.GetValue(), wrong.GetFlag().Name, c.CommandPath())
	}
	return &exitError{exitUsage, err}
}

// dashes writes a flag as it is typed.
func dashes(name string) string {
	if len(name) == 1 {
		return "-" + name
	}
	return "--" + name
}

// This file holds the command that takes in reports as they arrive.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"baocao/db"
	"baocao/db/ingest"
)

func (a *app) watchCommand() *cobra.Command {
	var o importOptions
	var w ingest.WatchOptions
	c := &cobra.Command{
		Annotations: formatsOnly("table,json"),
		Use:         a.say("watch THƯ_MỤC...", "watch FOLDER..."), Short: a.say("Theo dõi thư mục, nhập báo cáo ngay khi có", "Watch folders and import reports as they come"),
		Long: a.say(`Theo dõi thư mục, kể cả thư mục con mới tạo, và nhập báo cáo ngay khi có. Tệp đang chép dở được để yên cho đến
khi không đổi nữa. Báo cáo đến trong lúc không theo dõi được nhập khi chạy lại; không tệp nào bị nhập hai lần.
Dừng bằng Ctrl-C.`,
			`Watch folders, new subfolders too, and import reports as they come. A file that is being copied is left alone until it
no longer changes. Reports that came while nobody watched are imported when it runs again; no file is imported twice.
Ctrl-C ends it.`) + a.exitHelp(),
		Example: "  baocao watch /chia-se/bao-cao-den\n  baocao watch --poll --every 1m //may-chu/bao-cao",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.paths = args
			return a.watch(cmd.Context(), o, w)
		},
	}
	a.jobsFlag(c, &o)
	f := c.Flags()
	f.DurationVar(&w.Settle, "settle", 0, a.say("tệp phải để yên bao lâu mới được đọc (0: 5 giây)", "how long a file must be unchanged before it is read (0: 5 seconds)"))
	f.DurationVar(&w.Rescan, "every", 0, a.say("bao lâu xem lại toàn bộ thư mục một lần (0: 5 phút; với --poll: 15 giây)", "how often all folders are looked through (0: 5 minutes; with --poll: 15 seconds)"))
	f.BoolVar(&w.Poll, "poll", false, a.say("chỉ xem lại theo giờ, cho ổ đĩa mạng không báo thay đổi", "only look through them at times, for network drives that do not tell of changes"))
	return c
}

func (a *app) watch(ctx context.Context, o importOptions, w ingest.WatchOptions) error {
	if err := a.present(o.paths, false); err != nil {
		return err
	}
	for _, p := range o.paths {
		if info, err := os.Stat(p); err == nil && !info.IsDir() {
			return usage(a.say("%s không phải là thư mục", "%s is not a folder"), p)
		}
	}
	store, opt, done, err := a.reading(ctx, o)
	if err != nil {
		return err
	}
	defer done()
	total := 0
	opt.Progress = func(e ingest.Event) {
		if !e.Unchanged && !e.Recorded {
			total++
			a.arrived(e)
		}
	}
	w.Watching = func(s ingest.Summary) {
		fmt.Fprintf(a.err, a.say("Đang theo dõi %s (%s tệp đã có trong sổ); dừng bằng Ctrl-C.\n", "Watching %s (%s files in the ledger); stop with Ctrl-C.\n"),
			strings.Join(o.paths, ", "), a.number(fmt.Sprint(s.Found)))
	}
	w.Notice = func(err error) {
		text := err.Error()
		switch {
		case errors.Is(err, db.ErrLocked), errors.Is(err, db.ErrFull):
			text += a.say("; sẽ thử lại", "; trying again soon")
		default:
			text = a.say("hệ thống không báo thay đổi của thư mục này, sẽ tự xem lại định kỳ", "the system tells no changes of this folder, looking again regularly") + " (" + text + ")"
		}
		fmt.Fprintln(a.err, "baocao:", text)
	}
	if err := ingest.Watch(ctx, store, opt, w); err != nil {
		return err
	}
	return &exitError{exitInterrupted, fmt.Errorf(a.say("dừng theo dõi; đã ghi %s tệp. Chạy lại lệnh để theo dõi tiếp", "stopped watching; %s files were recorded. Run the command again to go on"), a.number(fmt.Sprint(total)))}
}

// arrived tells of one file that was taken in.
func (a *app) arrived(e ingest.Event) {
	if a.format == "json" {
		_ = json.NewEncoder(a.out).Encode(fileEvent(e)) // see progress.print
		return
	}
	line := fmt.Sprintf("%s %s: %s", time.Now().Format("15:04:05"), a.stateName(e.State), shownPath(e.Path))
	if e.Reason != "" {
		line += " (" + a.reason(e.Reason)
		if e.Other != "" {
			line += ": " + shownPath(e.Other)
		}
		line += ")"
	}
	for _, old := range e.Replaced {
		line += a.say("; thay cho ", "; replaces ") + shownPath(old)
	}
	fmt.Fprintln(a.out, line)
}

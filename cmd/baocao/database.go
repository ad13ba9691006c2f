// This file holds the commands that look after the database file: db check,
// backup.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"
)

func (a *app) dbCommand() *cobra.Command {
	c := &cobra.Command{Use: "db", Short: a.say("Kiểm tra tệp cơ sở dữ liệu", "Check the database file"), Args: cobra.NoArgs}
	old := a.backupCommand()
	old.Hidden = true // scripts of before may call it here
	c.AddCommand(a.dbCheckCommand(), old)
	return c
}

func (a *app) dbCheckCommand() *cobra.Command {
	return &cobra.Command{
		Annotations: formatsOnly("table,json"), Use: "check", Short: a.say("Kiểm tra tính toàn vẹn đến từng vị trí trong văn bản", "Check the database down to every position in the texts"), Args: cobra.NoArgs,
		Long: a.say(`Kiểm tra tệp cơ sở dữ liệu: cấu trúc SQLite, liên kết giữa các bảng, văn bản không có tệp trong sổ, và từng
vị trí được ghi phải nằm trong văn bản và đúng chữ đã in.`,
			`Check the database file: the structure of SQLite, the links between tables, texts without a file in the ledger, and that
every position recorded lies in its text and holds what was printed there.`) + a.exitHelp(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			store, err := a.open(cmd.Context(), false)
			if err != nil {
				return err
			}
			defer store.Close()
			problems, err := store.Check(cmd.Context())
			if err != nil {
				return err
			}
			for _, p := range problems {
				if a.format == "json" {
					err = json.NewEncoder(a.out).Encode(map[string]string{"where": p.Where, "what": p.What})
				} else {
					_, err = fmt.Fprintln(a.out, p)
				}
				if err != nil {
					return err
				}
			}
			if n := len(problems); n > 0 {
				return &exitError{exitFailed, fmt.Errorf(a.say("cơ sở dữ liệu %s có %d lỗi: dùng bản sao lưu gần nhất rồi nhập lại", "the database %s has %d faults: put back the last backup and import again"), a.db, n)}
			}
			if a.format != "json" {
				fmt.Fprintln(a.out, a.say("Cơ sở dữ liệu tốt.", "The database is sound."))
			}
			return nil
		},
	}
}

func (a *app) backupCommand() *cobra.Command {
	return &cobra.Command{
		Annotations: formatsOnly("table"), Use: a.say("backup TỆP", "backup FILE"), Short: a.say("Sao lưu cơ sở dữ liệu, cả khi đang dùng", "Back the database up, also while it is in use"), Args: cobra.ExactArgs(1),
		Long: a.say(`Sao lưu cơ sở dữ liệu thành một tệp, cả khi lệnh khác đang ghi. Bản sao là trạng thái ở một thời điểm, đã được
kiểm tra; tệp cũ cùng tên chỉ bị thay khi bản mới đã xong.`,
			`Back the database up into one file, also while another command writes. The copy is the state at one moment and is checked;
an older file of that name is replaced only when the new one is complete.`) + a.exitHelp(),
		Example: "  baocao backup sao-luu/baocao-2023-06.db",
		RunE: func(cmd *cobra.Command, args []string) error {
			file := args[0]
			if info, err := os.Stat(file); err == nil && info.IsDir() {
				return usage(a.say("%s là thư mục: cho biết tên tệp sao lưu", "%s is a folder: give the name of a file"), file)
			}
			store, err := a.open(cmd.Context(), false)
			if err != nil {
				return err
			}
			defer store.Close()
			if err := store.Backup(cmd.Context(), file); err != nil {
				return err
			}
			info, err := os.Stat(file)
			if err != nil {
				return errors.Join(errors.New(a.say("không thấy bản sao lưu vừa ghi", "the copy that was written is not there")), err)
			}
			fmt.Fprintf(a.err, a.say("đã sao lưu vào %s (%s MB)\n", "backed up to %s (%s MB)\n"), file, a.number(fmt.Sprintf("%.1f", float64(info.Size())/1e6)))
			return nil
		},
	}
}

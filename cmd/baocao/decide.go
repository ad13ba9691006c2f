// This file carries a decision about findings out and says what became of it.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os/user"
	"strings"

	"baocao/db"
)

// finding looks a finding up by what a person typed.
func (a *app) finding(ctx context.Context, store *db.DB, typed string) (db.Finding, error) {
	id, err := store.FindingID(ctx, typed)
	switch {
	case errors.Is(err, db.ErrUnknown):
		return db.Finding{}, usage(a.say("không có mâu thuẫn %q; xem mã bằng baocao findings list --all", "there is no finding %q; see the ids with baocao findings list --all"), typed)
	case errors.Is(err, db.ErrAmbiguous):
		return db.Finding{}, usage(a.say("mã %q chưa đủ để chọn một mâu thuẫn; gõ thêm: %v", "%q is the beginning of several ids; type more: %v"), typed, err)
	case err != nil:
		return db.Finding{}, err
	}
	list, err := store.Findings(ctx, db.FindingFilter{IDs: []string{id}, Inactive: true})
	if err != nil {
		return db.Finding{}, err
	}
	if len(list) == 0 {
		return db.Finding{}, fmt.Errorf("finding %s: %w", id, db.ErrUnknown)
	}
	return list[0], nil
}

// decide writes one decision for each finding, checks the units again where
// figures changed, and says what became of it.
func (a *app) decide(ctx context.Context, ids []string, decision db.Decision,
	corrections func(context.Context, *db.DB, db.Finding) ([]db.Correction, error)) error {
	store, err := a.open(ctx, false)
	if err != nil {
		return err
	}
	defer store.Close()
	if decision.Who = strings.TrimSpace(decision.Who); decision.Who == "" {
		if decision.Who, err = loginName(); err != nil {
			return usage("%s", a.say("không biết ai quyết định: thêm --by-whom \"HỌ TÊN\"", "it is not known who decides: add --by-whom \"NAME\""))
		}
	}
	// All are looked up before the first is decided: a mistyped id stops everything.
	var list []db.Finding
	for _, typed := range ids {
		f, err := a.finding(ctx, store, typed)
		if err != nil {
			return err
		}
		list = append(list, f)
	}
	for _, before := range list {
		d := decision
		d.Finding = before.ID
		if corrections != nil {
			if d.Corrections, err = corrections(ctx, store, before); err != nil {
				return err
			}
		}
		if err := store.Decide(ctx, d); err != nil {
			if errors.Is(err, db.ErrDecision) {
				return &exitError{exitUsage, fmt.Errorf("%s: %w", before.Short, err)}
			}
			return err
		}
		// The figures that count are others now.
		var changed []db.Finding
		if corrections != nil || before.Decision != nil && before.Decision.State == db.VerdictCorrected {
			if changed, err = a.checkAgain(ctx, store, before.Unit); err != nil {
				return err
			}
		}
		if err := a.decided(ctx, store, before, changed); err != nil {
			return err
		}
	}
	return nil
}

// checkAgain checks one unit and gives its findings that came or went.
func (a *app) checkAgain(ctx context.Context, store *db.DB, unit string) ([]db.Finding, error) {
	filter := db.FindingFilter{Inactive: true}
	if unit != "" {
		filter.Units = []string{unit}
	}
	earlier, err := store.Findings(ctx, filter)
	if err != nil {
		return nil, err
	}
	if err := a.checkUnit(ctx, store, unit); err != nil {
		return nil, err
	}
	later, err := store.Findings(ctx, filter)
	if err != nil {
		return nil, err
	}
	was := map[string]bool{}
	for _, f := range earlier {
		was[f.ID] = f.Active
	}
	var changed []db.Finding
	for _, f := range later {
		if was[f.ID] != f.Active {
			changed = append(changed, f)
		}
	}
	return changed, nil
}

// decided prints the finding as it stands now, and what the decision changed.
func (a *app) decided(ctx context.Context, store *db.DB, before db.Finding, changed []db.Finding) error {
	f, err := a.finding(ctx, store, before.ID)
	if err != nil {
		return err
	}
	if a.format == "json" {
		return json.NewEncoder(a.out).Encode(a.findingToJSON(f))
	}
	a.talk("%s  %s: %s\n", f.Short, a.unitPeriod(f.Unit, f.Period), a.verdictName(f))
	if d := before.Decision; d != nil && d.State != db.VerdictOpen {
		a.paragraph("  ", "    ", fmt.Sprintf(a.say("trước đó: %s, %s, %s", "before: %s, %s, %s"), a.verdict(d.State), d.Who, a.moment(d.When)))
	}
	if f.Decision != nil {
		for _, c := range f.Decision.Corrections {
			a.paragraph("  ", "    ", a.correction(c))
		}
	}
	for _, g := range changed {
		if g.ID == f.ID {
			if !g.Active {
				a.paragraph("  ", "    ", a.say("mâu thuẫn này không còn", "this finding is closed"))
			}
			continue
		}
		came := a.say("mâu thuẫn mới", "new finding")
		if !g.Active {
			came = a.say("cũng không còn", "closed as well")
		}
		a.paragraph("  ", "    ", fmt.Sprintf("%s: %s %s: %s", came, g.Short, g.Period, a.say(g.Message, g.MessageEN)))
	}
	if f.Reopened {
		a.paragraph("  ", "    ", a.reopenedWhy(f))
	}
	return nil
}

// loginName is the name of the user of the operating system.
func loginName() (string, error) {
	u, err := user.Current()
	if err != nil {
		return "", err
	}
	if u.Username == "" {
		return "", errors.New("the user has no name")
	}
	return u.Username, nil
}

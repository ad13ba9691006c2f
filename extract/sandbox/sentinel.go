// The errors that keep their identity between the processes.
package sandbox

import (
	"cmp"
	"context"
	"io/fs"
	"slices"
)

type sentinel struct {
	name string
	err  error
}

// list adds the errors of the standard library that readers return, and sorts.
func (s Sentinels) list() []sentinel {
	out := []sentinel{
		{"context.Canceled", context.Canceled},
		{"context.DeadlineExceeded", context.DeadlineExceeded},
		{"fs.ErrNotExist", fs.ErrNotExist},
		{"fs.ErrPermission", fs.ErrPermission},
	}
	for name, err := range s {
		out = append(out, sentinel{name, err})
	}
	slices.SortFunc(out, func(a, b sentinel) int { return cmp.Compare(a.name, b.name) })
	return out
}

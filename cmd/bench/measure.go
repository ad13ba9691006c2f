// This file runs commands and measures them.
package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// cost is what a command took.
type cost struct {
	wall time.Duration
	cpu  time.Duration // of all its processes, user and system
	peak int64         // bytes of memory in use by all its processes together; 0 where unknown
}

// measure runs a command to its end. Its standard output is thrown away.
func measure(ctx context.Context, name string, args ...string) (cost, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	var talk bytes.Buffer
	cmd.Stderr = &talk
	begun := time.Now()
	if err := cmd.Start(); err != nil {
		return cost{}, err
	}
	stop, peak := make(chan struct{}), make(chan int64)
	go func() { peak <- watch(cmd.Process.Pid, stop) }()
	err := cmd.Wait()
	wall := time.Since(begun)
	close(stop)
	c := cost{wall, cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), <-peak}
	if err != nil {
		return c, fmt.Errorf("%s: %w: %s", name, err, strings.TrimSpace(talk.String()))
	}
	return c, nil
}

// watch returns the most memory that a process and all below it held at once.
func watch(pid int, stop <-chan struct{}) int64 {
	most := int64(0)
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-stop:
			return most
		case <-tick.C:
			most = max(most, resident(pid))
		}
	}
}

// resident sums what a process and its descendants hold, by Linux's /proc.
// Pages that they share are counted in each of them.
func resident(pid int) int64 {
	sum := int64(0)
	if data, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", pid)); err == nil {
		if fields := strings.Fields(string(data)); len(fields) > 1 {
			pages, _ := strconv.ParseInt(fields[1], 10, 64) // the kernel writes numbers
			sum = pages * int64(os.Getpagesize())
		}
	}
	children, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pid)) // the pattern is well formed
	for _, c := range children {
		data, err := os.ReadFile(c)
		if err != nil {
			continue // it has ended
		}
		for _, f := range strings.Fields(string(data)) {
			if child, err := strconv.Atoi(f); err == nil {
				sum += resident(child)
			}
		}
	}
	return sum
}

// median returns the middle cost, by each measure for itself; peak is the most.
func median(all []cost) cost {
	var walls, cpus []time.Duration
	var out cost
	for _, c := range all {
		walls, cpus, out.peak = append(walls, c.wall), append(cpus, c.cpu), max(out.peak, c.peak)
	}
	slices.Sort(walls)
	slices.Sort(cpus)
	out.wall, out.cpu = walls[len(walls)/2], cpus[len(cpus)/2]
	return out
}

// table prints rows in Markdown.
func table(head ...string) func(row ...string) {
	line := func(row ...string) { fmt.Println("| " + strings.Join(row, " | ") + " |") }
	line(head...)
	line(slices.Repeat([]string{"---"}, len(head))...)
	return line
}

func perFile(d time.Duration, n int) string {
	return fmt.Sprintf("%.2f ms", float64(d.Microseconds())/1000/float64(n))
}

func mib(bytes int64) string {
	if bytes == 0 {
		return "-"
	}
	return fmt.Sprintf("%d MiB", bytes>>20)
}

func ratio(a, b time.Duration) string { return fmt.Sprintf("%.2f", float64(a)/float64(b)) }

//go:build linux

package main

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"longrun/internal/database"
	"longrun/internal/testneed"
)

// fsyncLine is strace's line for a call that begins.
var fsyncLine = regexp.MustCompile(`^\d+ +f(data)?sync\(`)

// killAtFsync has strace hold every fsync of the shop back for a moment, and
// kills the shop when it is about to do its nth. It returns how many there
// have been, for as long as the shop has lived.
func (c *crash) killAtFsync(n int) (seen func() int) {
	c.t.Helper()
	pid := c.shop.cmd.Process.Pid
	strace := exec.Command("strace", "-f", "-qq", "-e", "signal=none", "-e", "trace=fsync,fdatasync",
		"-e", "inject=fsync,fdatasync:delay_enter=25000", "-o", "/dev/stderr", "-p", fmt.Sprint(pid))
	strace.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	lines, err := strace.StderrPipe()
	if err == nil {
		err = strace.Start()
	}
	if err != nil {
		c.t.Fatal(err)
	}
	counted := make(chan int, 1)
	go func() {
		counted <- countUntil(lines, n, func() {
			_ = syscall.Kill(pid, syscall.SIGKILL)
			_ = strace.Process.Kill() // it would wait for the dead
		})
		_ = strace.Wait()
	}()
	c.t.Cleanup(func() { _ = strace.Process.Kill() })
	c.awaitTraced(pid)
	return func() int {
		_ = strace.Process.Kill() // which lets go of a shop that lives
		return <-counted
	}
}

// countUntil counts the calls that begin and calls reached at the nth.
func countUntil(lines io.Reader, n int, reached func()) (seen int) {
	for scanner := bufio.NewScanner(lines); scanner.Scan(); {
		if fsyncLine.MatchString(scanner.Text()) {
			if seen++; seen == n {
				reached()
			}
		}
	}
	return seen
}

// awaitTraced waits until strace holds every thread of the shop.
func (c *crash) awaitTraced(pid int) {
	c.t.Helper()
	for range 500 {
		free := 0
		tasks, _ := os.ReadDir(fmt.Sprintf("/proc/%d/task", pid))
		for _, task := range tasks {
			status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/task/%s/status", pid, task.Name()))
			if strings.Contains(string(status), "TracerPid:\t0\n") {
				free++
			}
		}
		if len(tasks) > 0 && free == 0 {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	testneed.Missing(c.t, "strace may not look at other processes here")
}

// purchase buys a pair and waits for its mail, or gives up as soon as
// something does not work.
func (c *crash) purchase() (done bool) {
	if !c.add() || !c.led() {
		return false
	}
	c.pay(false)
	if !c.returned() {
		return false
	}
	for range 400 {
		if c.count("SELECT count(*) FROM mails WHERE state = 'handed'") == 1 &&
			c.count("SELECT count(*) FROM jobs WHERE state = 'ready'") == 0 {
			return true
		}
		if got := c.visit(http.MethodGet, "/healthz", nil); got.err != nil {
			return false
		}
		time.Sleep(25 * time.Millisecond)
	}
	return false
}

// TestOnePurchaseSurvivesAKillAtEveryWrite kills the shop when it is about to
// make a write safe: at the first of a purchase, at the second, and so on
// until the purchase has no more. A few of them on ordinary days.
func TestOnePurchaseSurvivesAKillAtEveryWrite(t *testing.T) {
	killAtEveryWrite(t, 4, func(c *crash) (bool, func()) {
		return c.purchase(), c.recover
	})
}

// killAtEveryWrite lets something happen undisturbed and counts its writes,
// then has it happen again and again with a kill at each of them, or at some
// on ordinary days. act does it, and says whether it came to its end and how
// to recover.
func killAtEveryWrite(t *testing.T, some int, act func(c *crash) (done bool, recover func())) {
	if _, err := exec.LookPath("strace"); err != nil {
		testneed.Missing(t, "there is no strace here")
	}
	var total int
	ok := t.Run("undisturbed", func(t *testing.T) {
		c := newCrash(t, database.SQLite)
		seen := c.killAtFsync(-1)
		if done, _ := act(c); !done {
			t.Fatal("what nothing disturbs does not come to its end")
		}
		total = seen()
		t.Logf("it makes its writes safe %d times", total)
	})
	if !ok || total < 5 {
		testneed.Missing(t, fmt.Sprintf("strace has seen %d of the shop's writes", total))
	}
	step := 1
	if !long {
		step = max(1, total/some)
	}
	var all group
	for n := 1; n <= total; n += step {
		all.run(t, fmt.Sprintf("at write %d", n), func(t *testing.T) {
			c := newCrash(t, database.SQLite)
			seen := c.killAtFsync(n)
			done, recover := act(c)
			if got := seen(); got < n && !done {
				t.Fatalf("the shop was not killed: %d writes, done %t", got, done)
			}
			where := c.whereItDied()
			c.bury()
			recover()
			t.Logf("killed with %s", where)
		})
	}
	all.wait()
}

// whereItDied says what the shopper had seen.
func (c *crash) whereItDied() string {
	switch {
	case c.paid:
		return "the payment made"
	case c.payPage != "":
		return "the payment page open"
	case c.bagged:
		return "the pair in the bag"
	}
	return "nothing done"
}

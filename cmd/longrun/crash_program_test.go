//go:build linux

package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// program is one of longrun's commands as a process that can be killed.
type program struct {
	t      *testing.T
	args   []string
	dir    string
	env    []string
	health string // answers once the program does
	output *output
	cmd    *exec.Cmd // nil while it does not run
}

// output keeps what a program says, for a test that fails.
type output struct {
	mu   sync.Mutex
	said bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.said.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.said.String()
}

// newProgram is a command that does not run yet; it is killed after the test.
func newProgram(t *testing.T, dir string, env []string, health string, args ...string) *program {
	p := &program{t: t, args: args, dir: dir, env: env, health: health, output: &output{}}
	t.Cleanup(func() {
		p.kill()
		if t.Failed() {
			t.Logf("what %s said:\n%s", args[0], p.output)
		}
	})
	return p
}

func (p *program) command(args ...string) *exec.Cmd {
	cmd := exec.Command(built(p.t), args...)
	cmd.Dir, cmd.Env = p.dir, p.env
	return cmd
}

// start starts the program and waits until it answers.
func (p *program) start() {
	p.t.Helper()
	p.cmd = p.command(p.args...)
	p.cmd.Stdout, p.cmd.Stderr = p.output, p.output
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL} // nothing stays behind when the test is cut off
	if err := p.cmd.Start(); err != nil {
		p.t.Fatal(err)
	}
	client := &http.Client{Timeout: time.Second, Transport: &http.Transport{DisableKeepAlives: true}}
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		response, err := client.Get(p.health)
		if err != nil {
			continue
		}
		_ = response.Body.Close()
		if response.StatusCode == http.StatusOK {
			return
		}
	}
	p.t.Fatalf("%s does not answer within 30 s:\n%s", p.args[0], p.output)
}

func (p *program) signal(s syscall.Signal) {
	p.t.Helper()
	if err := p.cmd.Process.Signal(s); err != nil {
		p.t.Fatalf("%s could not be sent %s: %v", p.args[0], s, err)
	}
}

// kill ends the program as a power cut would, as far as it is concerned.
func (p *program) kill() {
	if p.cmd == nil {
		return
	}
	_ = p.cmd.Process.Kill()
	_ = p.cmd.Wait()
	p.cmd = nil
}

// freeze stops the program where it stands until thaw or kill.
func (p *program) freeze() {
	p.t.Helper()
	p.signal(syscall.SIGSTOP)
	for range 200 {
		stat, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.cmd.Process.Pid))
		if _, rest, ok := strings.Cut(string(stat), ") "); ok && strings.HasPrefix(rest, "T") {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	p.t.Fatalf("%s does not stop", p.args[0])
}

func (p *program) thaw() {
	p.t.Helper()
	p.signal(syscall.SIGCONT)
}

// freePort is a port that nothing listens on, below those that the system
// gives to outgoing connections, so that it is still free after a kill.
func freePort(t *testing.T) int {
	t.Helper()
	for range 1000 {
		port := 12_000 + rand.IntN(18_000)
		listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
		if err == nil {
			_ = listener.Close()
			return port
		}
	}
	t.Fatal("no port is free")
	return 0
}

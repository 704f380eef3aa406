//go:build linux

package main

import (
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"

	"longrun/internal/testneed"
)

// server is a PostgreSQL of a test's own, which it may stop.
type server struct {
	t    *testing.T
	bin  string
	dir  string
	port int
	as   *syscall.Credential // nil when the test is nobody special
}

// newServer starts one, which keeps what it has said yes to.
func newServer(t *testing.T) *server {
	t.Helper()
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if len(found) == 0 {
		testneed.Missing(t, "a PostgreSQL to start and stop (initdb)")
	}
	dir, err := os.MkdirTemp("", "longrun-stop-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	s := &server{t: t, bin: filepath.Dir(found[len(found)-1]), dir: dir, port: freePort(t)}
	if os.Geteuid() == 0 { // PostgreSQL refuses to run as root
		s.becomePostgres()
	}
	s.run("initdb", "-D", s.data(), "-U", "longrun", "-A", "trust", "--locale=C.UTF-8", "-E", "UTF8")
	s.start()
	t.Cleanup(func() {
		if s.command("pg_ctl", "-D", s.data(), "status").Run() == nil {
			s.stop()
		}
	})
	return s
}

func (s *server) becomePostgres() {
	s.t.Helper()
	who, err := user.Lookup("postgres")
	if err != nil {
		testneed.Missing(s.t, "a user postgres, whom PostgreSQL can run as")
	}
	uid, _ := strconv.ParseUint(who.Uid, 10, 32)
	gid, _ := strconv.ParseUint(who.Gid, 10, 32)
	s.as = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	if err := os.Chown(s.dir, int(uid), int(gid)); err != nil {
		s.t.Fatal(err)
	}
}

func (s *server) data() string { return filepath.Join(s.dir, "data") }

func (s *server) url() string {
	return fmt.Sprintf("postgres://longrun@127.0.0.1:%d/postgres?sslmode=disable", s.port)
}

// command is one of PostgreSQL's programs. Its output goes to a file, since
// what pg_ctl starts would keep a pipe open.
func (s *server) command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(filepath.Join(s.bin, name), args...)
	cmd.Dir = s.dir
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: s.as}
	return cmd
}

func (s *server) run(name string, args ...string) {
	s.t.Helper()
	if err := s.command(name, args...).Run(); err != nil {
		said, _ := os.ReadFile(filepath.Join(s.dir, "log"))
		s.t.Fatalf("%s %v: %v\n%s", name, args, err, said)
	}
}

func (s *server) start() {
	s.t.Helper()
	s.run("pg_ctl", "-D", s.data(), "-l", filepath.Join(s.dir, "log"), "-w", "-s", "-o",
		fmt.Sprintf("-p %d -c listen_addresses=127.0.0.1 -c unix_socket_directories=%s", s.port, s.dir), "start")
}

// stop ends it at once, as a crash would: it has to read its log at the start.
func (s *server) stop() {
	s.t.Helper()
	s.run("pg_ctl", "-D", s.data(), "-m", "immediate", "-w", "-s", "stop")
}

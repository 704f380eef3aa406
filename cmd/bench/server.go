package main

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// server is the built shop and the process that runs it.
type server struct {
	dir, binary, url, simulator, database string
	env                                   []string          // beyond the usual
	variants                              map[string]string // by handle, where all clients know them
	size                                  int64
	firstPage                             time.Duration
	cmd                                   *exec.Cmd
	log                                   bytes.Buffer
}

// build builds the program as it is shipped.
func build(ctx context.Context, dir, database string) (*server, error) {
	s := &server{dir: dir, binary: filepath.Join(dir, "longrun"), database: database}
	cmd := exec.CommandContext(ctx, "go", "build", "-ldflags", "-s -w", "-o", s.binary, "./cmd/longrun")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("building: %w\n%s", err, out)
	}
	info, err := os.Stat(s.binary)
	if err != nil {
		return nil, err
	}
	s.size = info.Size()
	port, err := freePorts()
	if err != nil {
		return nil, err
	}
	s.url = fmt.Sprintf("http://127.0.0.1:%d", port)
	s.simulator = fmt.Sprintf("http://127.0.0.1:%d", port+1)
	return s, nil
}

// freePorts finds two neighbouring ports, for the shop and its simulator.
func freePorts() (int, error) {
	for range 50 {
		a, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return 0, err
		}
		port := a.Addr().(*net.TCPAddr).Port
		b, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port+1))
		_ = a.Close()
		if err == nil {
			return port, b.Close()
		}
	}
	return 0, fmt.Errorf("no two neighbouring free ports")
}

// command is the program with its environment, silent but for errors.
func (s *server) command(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, s.binary, args...)
	cmd.Dir = s.dir
	cmd.Env = append(os.Environ(), "ADDR="+strings.TrimPrefix(s.url, "http://"), "BASE_URL="+s.url,
		"DATA_DIR="+filepath.Join(s.dir, "data"), "LOG_LEVEL=warn", "DATABASE_URL="+s.database)
	cmd.Env = append(cmd.Env, s.env...)
	cmd.Stdout, cmd.Stderr = &s.log, &s.log
	return cmd
}

func (s *server) importProducts(ctx context.Context, products, variants int) error {
	path := filepath.Join(s.dir, "products.csv")
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := writeProducts(f, products, variants); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	if err := s.command(ctx, "import", "products", path).Run(); err != nil {
		return fmt.Errorf("importing: %w\n%s", err, s.log.String())
	}
	return nil
}

// start starts the shop and waits for its first page.
func (s *server) start(ctx context.Context) error {
	s.cmd = s.command(ctx, "serve")
	began := time.Now()
	if err := s.cmd.Start(); err != nil {
		return err
	}
	for time.Since(began) < 20*time.Second {
		if response, err := http.Get(s.url + "/"); err == nil {
			_ = response.Body.Close()
			if response.StatusCode == http.StatusOK {
				s.firstPage = time.Since(began)
				return nil
			}
		}
		time.Sleep(2 * time.Millisecond)
	}
	return fmt.Errorf("no page after 20 s\n%s", s.log.String())
}

func (s *server) stop() {
	_ = s.cmd.Process.Signal(syscall.SIGTERM)
	_ = s.cmd.Wait()
}

// calm waits until the shop has nothing to do: one with a past begins with the
// check and the tidying of a night.
func (s *server) calm(ctx context.Context) error {
	const look = 2 * time.Second
	for end := time.Now().Add(30 * time.Minute); time.Now().Before(end); {
		before, err := s.ticks()
		if err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(look):
		}
		if after, err := s.ticks(); err != nil || after-before < 10 { // hundredths of a second
			return err
		}
	}
	return fmt.Errorf("the shop has been busy with itself for half an hour")
}

// ticks is the processor time that the process has had, in hundredths of a
// second.
func (s *server) ticks() (int64, error) {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", s.cmd.Process.Pid))
	if err != nil {
		return 0, fmt.Errorf("reading the time of the process: %w", err)
	}
	_, rest, _ := strings.Cut(string(b), ") ")
	fields := strings.Fields(rest)
	if len(fields) < 13 {
		return 0, fmt.Errorf("the time of the process cannot be read: %q", b)
	}
	var sum int64
	for _, field := range fields[11:13] { // utime and stime, proc(5)
		n, err := strconv.ParseInt(field, 10, 64)
		if err != nil {
			return 0, err
		}
		sum += n
	}
	return sum, nil
}

// memory is what the process holds in bytes, now and at most.
type memory struct{ now, most int64 }

func (s *server) memory() (memory, error) {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	if err != nil {
		return memory{}, fmt.Errorf("reading the memory of the process: %w", err)
	}
	return memory{now: statusBytes(b, "VmRSS:"), most: statusBytes(b, "VmHWM:")}, nil
}

func statusBytes(status []byte, name string) int64 {
	_, rest, _ := strings.Cut(string(status), name)
	kilobytes, _ := strconv.ParseInt(strings.Fields(rest + " 0")[0], 10, 64)
	return kilobytes * 1024
}

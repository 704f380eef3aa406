package stripesim

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stripe/stripe-go/v76"
)

func TestTheBooksSurviveARestart(t *testing.T) {
	w := newWorld(t)
	w.shop.mu.Lock()
	w.shop.answers = []int{500}
	w.shop.mu.Unlock()
	id := w.newSession().ID
	w.control("/_sim/sessions/"+id+"/pay", nil)
	eventually(t, "the first try was refused", func() bool {
		w.shop.mu.Lock()
		defer w.shop.mu.Unlock()
		return len(w.shop.headers) == 1
	})
	w.fault("429", "GET /v1/balance", "count", "2")
	if err := w.SetClock(context.Background(), time.Now().Add(90*time.Minute)); err != nil {
		t.Fatal(err)
	}
	_, first := w.withKey("k1", "/v1/customers", "name=A")
	w.stop()
	w.start()
	s, err := w.api.CheckoutSessions.Get(id, nil)
	if err != nil || s.PaymentStatus != "paid" {
		t.Errorf("%+v %v", s, err)
	}
	if _, again := w.withKey("k1", "/v1/customers", "name=A"); again != first {
		t.Error("the idempotency key was forgotten")
	}
	if ahead := time.Until(w.Now()); ahead < 89*time.Minute {
		t.Errorf("the clock is %s ahead", ahead)
	}
	if _, err := w.api.Balance.Get(nil); err == nil {
		t.Error("the fault switch was forgotten")
	}
	eventually(t, "the delivery goes on", func() bool { return w.shop.count("checkout.session.completed") == 1 })
}

// TestMain also is the program that TestTheBooksSurviveKill kills.
func TestMain(m *testing.M) {
	if file := os.Getenv("STRIPESIM_BOOKS"); file != "" {
		serveForever(file)
		return
	}
	os.Exit(m.Run())
}

func serveForever(file string) {
	server := httptest.NewUnstartedServer(nil)
	url := "http://" + server.Listener.Addr().String()
	sim, err := Open(Options{File: file, BaseURL: url, SecretKey: testKey})
	if err != nil {
		fmt.Println("error", err)
		return
	}
	server.Config.Handler = sim.Handler()
	server.Start()
	fmt.Println(url)
	sim.Run(context.Background())
}

func TestTheBooksSurviveKill(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "books.db")
	start := func() (*exec.Cmd, string) {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), "STRIPESIM_BOOKS="+file)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		line, err := bufio.NewReader(out).ReadString('\n')
		if err != nil {
			t.Fatal(err)
		}
		return cmd, strings.TrimSpace(line)
	}
	known := map[string]bool{}
	for range 3 {
		cmd, url := start()
		api, stopped := newClient(url, 0), make(chan struct{})
		answered := make(chan string, 10_000)
		go func() {
			defer close(stopped)
			for {
				s, err := api.CheckoutSessions.New(sessionParams())
				if err != nil {
					return
				}
				answered <- s.ID
			}
		}()
		time.Sleep(150 * time.Millisecond)
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		cmd.Wait() // it was killed
		<-stopped
		close(answered)
		for id := range answered {
			known[id] = true
		}
	}
	cmd, url := start()
	defer cmd.Wait()
	defer cmd.Process.Kill()
	api := newClient(url, 0)
	if len(known) < 3 {
		t.Fatalf("only %d sessions were answered", len(known))
	}
	for id := range known {
		get := &stripe.CheckoutSessionParams{}
		get.AddExpand("line_items")
		s, err := api.CheckoutSessions.Get(id, get)
		if err != nil || len(s.LineItems.Data) != 2 {
			t.Fatalf("%s was answered and is not in the books: %v", id, err)
		}
	}
}

func TestTenThousandSessionsStayQuick(t *testing.T) {
	w := newWorld(t)
	old := w.newSession()
	fill := func(l *ledger) error {
		for i := range 10_000 {
			s := &session{ID: fmt.Sprintf("cs_test_%058d", i), Object: kindSession, Status: complete, Created: int64(i)}
			pi := fmt.Sprintf("pi_%d", i)
			s.PaymentIntent = &pi
			if err := l.insert(s); err != nil {
				return err
			}
		}
		return nil
	}
	if err := w.change(context.Background(), eventRequest{}, fill); err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	const rounds = 20
	for range rounds {
		w.newSession()
		if _, err := w.api.CheckoutSessions.Get(old.ID, nil); err != nil {
			t.Fatal(err)
		}
		i := w.api.CheckoutSessions.List(&stripe.CheckoutSessionListParams{PaymentIntent: stripe.String("pi_77")})
		if !i.Next() || i.CheckoutSession().ID != fmt.Sprintf("cs_test_%058d", 77) {
			t.Fatal(i.Err())
		}
		open := w.api.CheckoutSessions.List(&stripe.CheckoutSessionListParams{Status: stripe.String("open")})
		if !open.Next() {
			t.Fatal(open.Err())
		}
	}
	if each := time.Since(start) / (4 * rounds); each > 50*time.Millisecond {
		t.Errorf("a call takes %s", each)
	} else {
		t.Logf("a call takes %s", each)
	}
}

func TestEveryPageOfAListComesOnce(t *testing.T) {
	w := newWorld(t)
	var want []string
	for range 7 {
		want = append([]string{w.newSession().ID}, want...)
	}
	for _, limit := range []int64{1, 3, 7, 100} {
		p := &stripe.CheckoutSessionListParams{}
		p.Limit = stripe.Int64(limit)
		var got []string
		for i := w.api.CheckoutSessions.List(p); i.Next(); {
			got = append(got, i.CheckoutSession().ID)
		}
		if strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("limit %d: %d of %d", limit, len(got), len(want))
		}
	}
	p := &stripe.CheckoutSessionListParams{}
	p.EndingBefore, p.Limit, p.Single = stripe.String(want[6]), stripe.Int64(2), true
	i := w.api.CheckoutSessions.List(p)
	var got []string
	for i.Next() {
		got = append(got, i.CheckoutSession().ID)
	}
	if len(got) != 2 || !bytes.Contains([]byte(strings.Join(got, " ")), []byte(want[5])) {
		t.Errorf("before the last: %v of %v", got, want)
	}
	if _, body := w.raw(http.MethodGet, "/v1/checkout/sessions?limit=1&ending_before="+want[6], "",
		map[string]string{"Authorization": "Bearer " + testKey}); !strings.Contains(body, want[5]) {
		t.Errorf("%s", body)
	}
}

package web

import "sync"

// making knows which pages are being made, so that a page that a rush of
// visitors asks for is made once.
type making struct {
	mu   sync.Mutex
	keys map[string]chan struct{}
}

// begin says whether the caller is the one to make a page; else done is
// closed when it is made.
func (m *making) begin(key string) (done <-chan struct{}, first bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if ch, busy := m.keys[key]; busy {
		return ch, false
	}
	if m.keys == nil {
		m.keys = map[string]chan struct{}{}
	}
	m.keys[key] = make(chan struct{})
	return nil, true
}

// end lets those who wait go on.
func (m *making) end(key string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	close(m.keys[key])
	delete(m.keys, key)
}

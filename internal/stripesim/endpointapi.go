package stripesim

// createEndpoint answers POST /v1/webhook_endpoints; only this answer carries the signing secret.
func createEndpoint(c *call) action {
	e := &endpoint{
		ID: newID("we_1", 23), Object: kindEndpoint, Description: optional(c.p.str("description", 5000)),
		APIVersion: optional(c.p.str("api_version", 40)), EnabledEvents: c.p.strs("enabled_events", 500, 200),
		Metadata: withoutEmpty(c.p.metadata("metadata")), Status: "enabled", URL: readURL(c.p, "url", true),
	}
	if len(e.EnabledEvents) == 0 {
		c.p.fail(missing("enabled_events"))
	}
	if e.APIVersion != nil && *e.APIVersion != apiVersion {
		c.p.fail(notSimulated("api_version", "event versions other than "+apiVersion))
	}
	e.Sim.Secret = newID("whsec_", 32)
	return func(l *ledger) (any, error) {
		e.Created = l.now
		if secret := l.sim.secretFor(e.URL); secret != "" {
			e.Sim.Secret = secret
		}
		if err := l.insert(e); err != nil {
			return nil, err
		}
		return struct {
			*endpoint
			Secret string `json:"secret"`
		}{e, e.Sim.Secret}, nil
	}
}

// secretFor is the secret of the default endpoint for its own address: whoever makes an endpoint in its place is told
// what the shop knows already, and need not start it again. Stripe would tell a new one.
func (s *Sim) secretFor(url string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if url != s.webhook.url {
		return ""
	}
	return s.webhook.secret
}

// updateEndpoint answers POST /v1/webhook_endpoints/{id}; the version of an endpoint cannot be changed.
func updateEndpoint(c *call) action {
	url, events := readURL(c.p, "url", false), c.p.strs("enabled_events", 500, 200)
	description, changes := c.p.str("description", 5000), c.p.metadata("metadata")
	off := c.p.has("disabled") && c.p.bool("disabled")
	on := c.p.has("disabled") && !off
	return func(l *ledger) (any, error) {
		e, err := inPath[endpoint](l, kindEndpoint, c.r.PathValue("id"))
		if err != nil {
			return nil, err
		}
		switch {
		case off:
			e.Status = "disabled"
		case on:
			e.Status = "enabled"
		}
		if url != "" {
			e.URL = url
		}
		if len(events) > 0 {
			e.EnabledEvents = events
		}
		if description != "" {
			e.Description = &description
		}
		for name, value := range changes {
			e.Metadata[name] = value
		}
		withoutEmpty(e.Metadata)
		return e, l.save(e)
	}
}

func getEndpoint(c *call) action {
	return func(l *ledger) (any, error) { return inPath[endpoint](l, kindEndpoint, c.r.PathValue("id")) }
}

func listEndpoints(c *call) action {
	q := readPage(c.p)
	return func(l *ledger) (any, error) { return l.list(kindEndpoint, c.r.URL.Path, q) }
}

func deleteEndpoint(c *call) action {
	return func(l *ledger) (any, error) {
		return l.deleted(kindEndpoint, c.r.PathValue("id"))
	}
}

// deletion is Stripe's answer to DELETE.
type deletion struct {
	ID      string `json:"id"`
	Object  string `json:"object"`
	Deleted bool   `json:"deleted"`
}

func (l *ledger) deleted(kind, id string) (*deletion, error) {
	if _, err := inPath[struct{}](l, kind, id); err != nil {
		return nil, err
	}
	return &deletion{id, kind, true}, l.remove(kind, id)
}

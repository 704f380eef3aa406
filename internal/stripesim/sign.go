package stripesim

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
)

// newerVersion is what an event claims under the fault newer_api_version.
const newerVersion = "2025-03-31.basil"

// signature is the v1 value of a Stripe-Signature header over body at t.
func signature(secret string, t int64, body []byte) string {
	mac := hmac.New(sha256.New, []byte(secret))
	fmt.Fprintf(mac, "%d.", t)
	mac.Write(body)
	return hex.EncodeToString(mac.Sum(nil))
}

// post sends an event once, signed at the simulator's time; every answer but 2xx is an error.
func (s *Sim) post(ctx context.Context, to webhook, e *event, faults faultSet) error {
	body, err := payload(e, faults.has("newer_api_version"))
	if err != nil {
		return err
	}
	t, secret := s.Now().Unix(), to.secret
	if faults.has("wrong_secret") {
		secret = "whsec_of_somebody_else"
	}
	header := fmt.Sprintf("t=%d,v1=%s", t, signature(secret, t, body))
	if faults.has("two_signatures") {
		header = fmt.Sprintf("t=%d,v1=%s,v1=%s", t, signature("whsec_being_rolled", t, body), signature(secret, t, body))
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, to.url, bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json; charset=utf-8")
	req.Header.Set("User-Agent", "Stripe/1.0 (+https://stripe.com/docs/webhooks)")
	req.Header.Set("Stripe-Signature", header)
	res, err := s.client.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if _, err := io.CopyN(io.Discard, res.Body, 64<<10); err != nil && err != io.EOF {
		return err
	}
	if res.StatusCode/100 != 2 {
		return fmt.Errorf("the endpoint answered %s", res.Status)
	}
	return nil
}

// payload writes an event as it travels, on demand in the shape of a newer version of the API.
func payload(e *event, newer bool) ([]byte, error) {
	out := *e
	if newer {
		out.APIVersion = newerVersion
		if o, ok := e.Data.Object.(map[string]any); ok && o["object"] == kindSession {
			moved := map[string]any{}
			for k, v := range o {
				moved[k] = v
			}
			delete(moved, "shipping_details")
			moved["collected_information"] = map[string]any{"shipping_details": o["shipping_details"]}
			out.Data.Object = moved
		}
	}
	return json.MarshalIndent(out, "", "  ")
}

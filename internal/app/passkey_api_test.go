package app_test

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"maps"
	"net/http"
	"testing"

	"github.com/go-webauthn/webauthn/protocol/webauthncbor"
)

// reached has the request come by a name, under which passkeys can be kept.
func reached(host string) option { return func(r *http.Request) { r.Host = host } }

// made is what a device answers to a challenge for a new passkey (WebAuthn, attestation none).
func made(t *testing.T, challenge, host, origin string) form {
	t.Helper()
	pair, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	point, err := pair.PublicKey.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	cose, err := webauthncbor.Marshal(map[int]any{1: 2, 3: -7, -1: 1, -2: point[1:33], -3: point[33:]})
	if err != nil {
		t.Fatal(err)
	}
	id := []byte(rand.Text())
	var data bytes.Buffer
	site := sha256.Sum256([]byte(host))
	data.Write(site[:])
	data.WriteByte(0x45) // the person is there, was recognised, and a key follows
	data.Write(make([]byte, 4+16))
	data.Write([]byte{0, byte(len(id))})
	data.Write(append(id, cose...))
	attested, err := webauthncbor.Marshal(map[string]any{"fmt": "none", "attStmt": map[string]any{}, "authData": data.Bytes()})
	if err != nil {
		t.Fatal(err)
	}
	said, err := json.Marshal(form{"type": "webauthn.create", "challenge": challenge, "origin": origin})
	if err != nil {
		t.Fatal(err)
	}
	coded := base64.RawURLEncoding.EncodeToString
	return form{"id": coded(id), "rawId": coded(id), "type": "public-key", "response": form{"clientDataJSON": coded(said), "attestationObject": coded(attested)}}
}

// TestAPasskeyByTheAPI: the challenge, the device's answer, once; what was made for another site or an older challenge is none.
func TestAPasskeyByTheAPI(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		const host, origin = "localhost", "http://localhost"
		c, d := h.signIn(t, "unit-gongan"), describedBy(t, h)
		c.post(t, "/api/v1/me/passkeys/options", nil).want(t, 409, "no_passkeys_here") // reached by a number
		ask := func() (challenge, ceremony string) {
			t.Helper()
			asked := c.post(t, "/api/v1/me/passkeys/options", nil, reached(host)).want(t, 200)
			d.fits(t, answerOf("post /api/v1/me/passkeys/options", "200"), asked.raw)
			said := asked.object(t)
			return said["options"].(form)["challenge"].(string), said["ceremony"].(string)
		}
		challenge, ceremony := ask()
		good := form{"name": "办公室电脑", "ceremony": ceremony, "answer": made(t, challenge, host, origin)}
		add := func(body form) reply { return c.post(t, "/api/v1/me/passkeys", body, reached(host)) }
		with := func(field string, v any) form {
			other := maps.Clone(good)
			other[field] = v
			return other
		}
		add(with("name", " ")).at(t, "name:bad_name")
		add(with("answer", made(t, challenge, host, "https://elsewhere.example"))).want(t, 401, "wrong_passkey")
		add(with("answer", made(t, "AAAA", host, origin))).want(t, 401, "wrong_passkey")
		add(with("answer", form{})).want(t, 401, "wrong_passkey")
		add(with("ceremony", "1.AAAA")).want(t, 401, "wrong_passkey")
		var set struct {
			Codes []string `json:"recovery_codes"`
		}
		d.fits(t, operation("post /api/v1/me/passkeys")+requestBody, marshal(t, good))
		add(good).want(t, 200).into(t, &set)
		if len(set.Codes) != 10 {
			t.Errorf("%d recovery codes with the first factor", len(set.Codes))
		}
		add(good).want(t, 401, "wrong_passkey") // a challenge is answered once
		keys := c.get(t, "/api/v1/me").want(t, 200).object(t)["factors"].(form)["passkeys"].([]any)
		if len(keys) != 1 || keys[0].(form)["name"] != "办公室电脑" {
			t.Fatalf("%v", keys)
		}
		if record := string(c.get(t, "/api/v1/me/record").want(t, 200).raw); !bytes.Contains([]byte(record), []byte("通行密钥")) {
			t.Errorf("the record does not say it: %s", record)
		}
		c.send(t, "DELETE", "/api/v1/me/passkeys/"+keys[0].(form)["id"].(string), nil).want(t, 204)
		h.forget("unit-gongan") // a factor set up or removed ends the sessions that other tests share
	})
}

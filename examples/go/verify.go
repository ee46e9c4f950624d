// Verifies an access token with Go's standard library:
// go run verify.go - --jwks URL --issuer ISS --audience AUD [--revocations URL]
package main

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"os"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Refused is a reason code of docs/verify.md.
type Refused string

func (reason Refused) Error() string { return string(reason) }

var (
	compact = regexp.MustCompile(`^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$`)
	count   = regexp.MustCompile(`^(0|[1-9][0-9]{0,15})$`)
	// Strict: no stray bits in a last character.
	base64url = base64.RawURLEncoding.Strict()
	client    = &http.Client{Timeout: 5 * time.Second}
)

func get(url string) ([]byte, error) {
	answer, err := client.Get(url)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return nil, errors.New(answer.Status)
	}
	return io.ReadAll(io.LimitReader(answer.Body, 1_000_000))
}

// object reads one JSON object into a map: a struct would take "SUB" for "sub".
func object(part string) (map[string]any, error) {
	raw, err := base64url.DecodeString(part)
	if err != nil || !utf8.Valid(raw) {
		return nil, Refused("malformed")
	}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	var members map[string]any
	if decoder.Decode(&members) != nil || members == nil {
		return nil, Refused("malformed")
	}
	if _, err := decoder.Token(); err != io.EOF {
		return nil, Refused("malformed")
	}
	return members, nil
}

func isText(value any) bool {
	_, ok := value.(string)
	return ok
}

// whole is a claim that must be a whole number, not negative and below 10^16.
func whole(members map[string]any, name string) (int64, bool) {
	number, ok := members[name].(json.Number)
	if !ok || !count.MatchString(number.String()) {
		return 0, false
	}
	value, err := strconv.ParseInt(number.String(), 10, 64)
	return value, err == nil
}

type jwk struct{ Kty, Crv, Alg, Kid, X, Y, N, E string }

// KeySet is our published keys, fetched again for an unknown kid at most once in ten seconds.
// A service that serves in parallel puts a mutex around key.
type KeySet struct {
	url     string
	keys    map[string]jwk
	askedAt time.Time
}

func (set *KeySet) key(kid string) (jwk, error) {
	if _, known := set.keys[kid]; !known && time.Since(set.askedAt) >= 10*time.Second {
		set.askedAt = time.Now()
		text, err := get(set.url)
		if err != nil {
			return jwk{}, err
		}
		var document struct{ Keys []jwk }
		if err := json.Unmarshal(text, &document); err != nil {
			return jwk{}, err
		}
		set.keys = map[string]jwk{}
		for _, key := range document.Keys {
			set.keys[key.Kid] = key
		}
	}
	key, known := set.keys[kid]
	if !known {
		return jwk{}, Refused("unknown_kid")
	}
	return key, nil
}

func integer(text string) *big.Int {
	raw, _ := base64url.DecodeString(text)
	return new(big.Int).SetBytes(raw)
}

// isSigned goes by the key's own algorithm.
func isSigned(key jwk, signed string, signature []byte) bool {
	digest := sha256.Sum256([]byte(signed))
	switch key.Alg {
	case "ES256":
		x, y := integer(key.X), integer(key.Y)
		if len(signature) != 64 || key.Crv != "P-256" || !elliptic.P256().IsOnCurve(x, y) {
			return false
		}
		r, s := new(big.Int).SetBytes(signature[:32]), new(big.Int).SetBytes(signature[32:])
		return ecdsa.Verify(&ecdsa.PublicKey{Curve: elliptic.P256(), X: x, Y: y}, digest[:], r, s)
	case "EdDSA":
		raw, _ := base64url.DecodeString(key.X)
		return key.Crv == "Ed25519" && len(raw) == ed25519.PublicKeySize && ed25519.Verify(raw, []byte(signed), signature)
	case "RS256", "PS256":
		public := &rsa.PublicKey{N: integer(key.N), E: int(integer(key.E).Int64())}
		if public.N.BitLen() < 2048 || public.E < 3 {
			return false
		}
		if key.Alg == "RS256" {
			return rsa.VerifyPKCS1v15(public, crypto.SHA256, digest[:], signature) == nil
		}
		return rsa.VerifyPSS(public, crypto.SHA256, digest[:], signature, &rsa.PSSOptions{SaltLength: 32}) == nil
	}
	return false
}

func openSigned(token, typ string, most int, set *KeySet) (map[string]any, error) {
	if len(token) > most {
		return nil, Refused("too_large")
	}
	if !compact.MatchString(token) {
		return nil, Refused("malformed")
	}
	parts := strings.Split(token, ".")
	header, err := object(parts[0])
	if err != nil {
		return nil, err
	}
	signature, err := base64url.DecodeString(parts[2])
	if err != nil {
		return nil, Refused("malformed")
	}
	// A key named by the token (jwk, jku, x5u) is the attacker's; crit asks for what we do not know.
	if len(header) != 3 || !isText(header["alg"]) || !isText(header["typ"]) || !isText(header["kid"]) {
		return nil, Refused("header")
	}
	if header["typ"] != typ {
		return nil, Refused("typ")
	}
	key, err := set.key(header["kid"].(string))
	if err != nil {
		return nil, err
	}
	if header["alg"] != key.Alg {
		return nil, Refused("alg")
	}
	if !isSigned(key, parts[0]+"."+parts[1], signature) {
		return nil, Refused("signature")
	}
	return object(parts[1])
}

func checkRevocations(url, issuer string, claims map[string]any, set *KeySet, now time.Time) error {
	text, err := get(url)
	if err != nil {
		return err
	}
	list, err := openSigned(string(text), "revocations+jwt", 160_000, set)
	if err != nil {
		return fmt.Errorf("revocation list: %v", err)
	}
	asOf, good := whole(list, "iat")
	notBefore, listed := whole(list, "nbf_all")
	sids, hasSids := list["sids"].([]any)
	epochs, hasEpochs := list["epochs"].(map[string]any)
	age := now.Unix() - asOf
	if !good || !listed || !hasSids || !hasEpochs || list["iss"] != issuer || age > 15 || age < -15 {
		return errors.New("revocation list: not a list of now")
	}
	iat, _ := whole(claims, "iat")
	epoch, _ := whole(claims, "epoch")
	if iat < notBefore {
		return Refused("revoked")
	}
	if least, named := whole(epochs, claims["sub"].(string)); named && epoch < least {
		return Refused("revoked")
	}
	digest := sha256.Sum256([]byte(claims["sid"].(string)))
	hashed := base64url.EncodeToString(digest[:16])
	for _, sid := range sids {
		if sid == hashed {
			return Refused("revoked")
		}
	}
	return nil
}

// Verify gives the claims of a good token, and an error that is Refused for a bad one.
func Verify(token, issuer, audience, revocations string, set *KeySet) (map[string]any, error) {
	claims, err := openSigned(token, "at+jwt", 4096, set)
	if err != nil {
		return nil, err
	}
	now := time.Now()
	iat, hasIat := whole(claims, "iat")
	exp, hasExp := whole(claims, "exp")
	_, hasEpoch := whole(claims, "epoch")
	switch {
	case claims["iss"] != issuer:
		return nil, Refused("iss")
	// One audience, as a string: a token good at several places can be replayed at each.
	case claims["aud"] != audience:
		return nil, Refused("aud")
	case !isText(claims["sub"]) || !isText(claims["sid"]) || !isText(claims["jti"]):
		return nil, Refused("claims")
	case !hasIat || !hasExp || !hasEpoch:
		return nil, Refused("claims")
	case iat > now.Unix()+60:
		return nil, Refused("not_yet_valid")
	case exp <= now.Unix():
		return nil, Refused("expired")
	}
	if revocations != "" {
		if err := checkRevocations(revocations, issuer, claims, set, now); err != nil {
			return nil, err
		}
	}
	return claims, nil
}

func main() {
	given := map[string]string{}
	for i := 2; i+1 < len(os.Args); i += 2 {
		given[strings.TrimPrefix(os.Args[i], "--")] = os.Args[i+1]
	}
	if len(os.Args) < 2 || given["jwks"] == "" || given["issuer"] == "" || given["audience"] == "" {
		fmt.Fprintln(os.Stderr, "TOKEN|- --jwks URL --issuer ISS --audience AUD [--revocations URL]")
		os.Exit(2)
	}
	token := os.Args[1]
	if token == "-" {
		text, _ := io.ReadAll(io.LimitReader(os.Stdin, 1_000_000))
		token = strings.TrimSuffix(string(text), "\n")
	}
	claims, err := Verify(token, given["issuer"], given["audience"], given["revocations"], &KeySet{url: given["jwks"]})
	verdict := map[string]any{"ok": err == nil}
	var refused Refused
	switch {
	case err == nil:
		verdict["sub"] = claims["sub"]
	case errors.As(err, &refused):
		verdict["reason"] = refused
	default:
		// Not the token's fault: no key set or no list. Answer 503, and sign nobody out.
		verdict["reason"] = "unavailable"
	}
	line, _ := json.Marshal(verdict)
	fmt.Println(string(line))
	if err != nil {
		os.Exit(1)
	}
}

#!/usr/bin/env python3
"""Verifies an access token with PyJWT (python3-jwt, python3-cryptography):
verify.py - --jwks URL --issuer ISS --audience AUD [--revocations URL]
What PyJWT does not ask for by itself (docs/verify.md) is checked around it."""

import argparse
import base64
import hashlib
import json
import re
import sys
import time
import urllib.request

import jwt

ALGORITHMS = ("ES256", "EdDSA", "RS256", "PS256")
COMPACT = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")


class Refused(Exception):
    """Its text is a reason code of docs/verify.md."""


def get(url):
    with urllib.request.urlopen(url, timeout=5) as answer:
        return answer.read(1_000_000).decode()


def is_count(value):
    # True is an int in Python.
    return type(value) is int and 0 <= value < 2**53


class KeySet:
    """Our published keys, fetched again for an unknown kid at most once in ten seconds."""

    def __init__(self, url):
        self.url, self.keys, self.asked_at = url, {}, None

    def key(self, kid):
        now = time.monotonic()
        if kid not in self.keys and (self.asked_at is None or now - self.asked_at >= 10):
            self.asked_at = now
            self.keys = {jwk["kid"]: jwk for jwk in json.loads(get(self.url))["keys"]}
        if kid not in self.keys:
            raise Refused("unknown_kid")
        return self.keys[kid]


def open_signed(token, typ, most, keys):
    if len(token) > most:
        raise Refused("too_large")
    if not COMPACT.fullmatch(token):
        raise Refused("malformed")
    try:
        header = jwt.get_unverified_header(token)
    except jwt.InvalidTokenError:
        raise Refused("malformed") from None
    # A key named by the token (jwk, jku, x5u) is the attacker's; crit asks for what we do not know.
    if set(header) != {"alg", "typ", "kid"}:
        raise Refused("header")
    if header["typ"] != typ:
        raise Refused("typ")
    jwk = keys.key(header["kid"])
    # The key's own alg chooses, never the token's.
    if jwk.get("alg") not in ALGORITHMS or header["alg"] != jwk["alg"]:
        raise Refused("alg")
    only_signature = {"verify_signature": True, "verify_aud": False, "verify_iss": False}
    only_signature |= {"verify_exp": False, "verify_nbf": False, "verify_iat": False}
    try:
        return jwt.decode(token, jwt.PyJWK(jwk).key, algorithms=[jwk["alg"]], options=only_signature)
    except jwt.InvalidSignatureError:
        raise Refused("signature") from None
    except (jwt.InvalidTokenError, ValueError):
        raise Refused("malformed") from None


def check_claims(claims, issuer, audience, now):
    if claims.get("iss") != issuer:
        raise Refused("iss")
    # PyJWT would take our audience out of a list.
    if claims.get("aud") != audience:
        raise Refused("aud")
    if not all(isinstance(claims.get(name), str) for name in ("sub", "sid", "jti")):
        raise Refused("claims")
    # PyJWT would take "1800000000" for a number.
    if not all(is_count(claims.get(name)) for name in ("iat", "exp", "epoch")):
        raise Refused("claims")
    if claims["iat"] > now + 60:
        raise Refused("not_yet_valid")
    if claims["exp"] <= now:
        raise Refused("expired")


def check_revocations(url, claims, keys, issuer, now):
    text = get(url)
    try:
        revoked = open_signed(text, "revocations+jwt", 160_000, keys)
    except Refused:
        # Whatever is wrong with the list is not the token's fault.
        raise Refused("unavailable") from None
    if revoked.get("iss") != issuer or abs(now - revoked["iat"]) > 15:
        raise Refused("unavailable")
    digest = hashlib.sha256(claims["sid"].encode()).digest()[:16]
    hashed = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    if (
        claims["iat"] < revoked["nbf_all"]
        or claims["epoch"] < revoked["epochs"].get(claims["sub"], 0)
        or hashed in revoked["sids"]
    ):
        raise Refused("revoked")


def verify(token, keys, issuer, audience, revocations=None):
    """The claims of a good token; raises Refused for any other."""
    now = time.time()
    claims = open_signed(token, "at+jwt", 4096, keys)
    check_claims(claims, issuer, audience, now)
    if revocations:
        check_revocations(revocations, claims, keys, issuer, now)
    return claims


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("token", help="- reads it from the standard input")
    for name in ("--jwks", "--issuer", "--audience"):
        parser.add_argument(name, required=True)
    parser.add_argument("--revocations")
    given = parser.parse_args()
    token = sys.stdin.read().removesuffix("\n") if given.token == "-" else given.token
    try:
        claims = verify(token, KeySet(given.jwks), given.issuer, given.audience, given.revocations)
        verdict = {"ok": True, "sub": claims["sub"]}
    except Refused as refusal:
        verdict = {"ok": False, "reason": str(refusal)}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        # Not the token's fault: no key set or no list. Answer 503, and sign nobody out.
        verdict = {"ok": False, "reason": "unavailable"}
    print(json.dumps(verdict, separators=(",", ":")))
    sys.exit(0 if verdict["ok"] else 1)


if __name__ == "__main__":
    main()

#!/usr/bin/env bash
# Verifies an ES256 access token with curl, openssl and jq:
# verify.sh - --jwks URL --issuer ISS --audience AUD [--revocations URL]
# JSON is read by jq alone: what sed makes of it is not what a verifier may go by.
set -euo pipefail
export LC_ALL=C

refuse() {
  printf '{"ok":false,"reason":"%s"}\n' "$1"
  exit 1
}

[ $# -ge 1 ] || { echo 'TOKEN|- --jwks URL --issuer ISS --audience AUD [--revocations URL]' >&2; exit 2; }
token=$1
shift
jwks='' issuer='' audience='' revocations=''
while [ $# -ge 2 ]; do
  case $1 in
    --jwks) jwks=$2 ;;
    --issuer) issuer=$2 ;;
    --audience) audience=$2 ;;
    --revocations) revocations=$2 ;;
  esac
  shift 2
done
[ -n "$jwks" ] && [ -n "$issuer" ] && [ -n "$audience" ] || { echo 'Missing --jwks, --issuer or --audience' >&2; exit 2; }
if [ "$token" = - ]; then token=$(cat); fi

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# base64url on stdin, bytes on stdout
decode() {
  local text
  text=$(tr '_-' '/+')
  case $((${#text} % 4)) in 2) text+='==' ;; 3) text+='=' ;; 1) return 1 ;; esac
  printf '%s' "$text" | openssl base64 -d -A
}
hex() { od -An -v -tx1 | tr -d ' \n'; }
unhex() { printf "$(sed 's/../\\x&/g')"; }
# exactly one JSON value, an object, into a file
object() { printf '%s' "$1" | decode | jq -cse 'if length == 1 and (.[0] | type) == "object" then .[0] else error end' >"$2" 2>/dev/null; }

# 32 bytes in hex to a DER INTEGER: no leading zeros, and one where the first bit would be a sign
integer() {
  local value=$1
  while [ "${value:0:2}" = 00 ] && [ ${#value} -gt 2 ]; do value=${value:2}; done
  case $value in [89a-f]*) value=00$value ;; esac
  printf '02%02x%s' $((${#value} / 2)) "$value"
}

# open_signed TOKEN TYP MOST PAYLOAD-FILE
open_signed() {
  local head body signature raw r s point
  [ ${#1} -le "$3" ] || refuse too_large
  [[ $1 =~ ^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$ ]] || refuse malformed
  IFS=. read -r head body signature <<<"$1"
  object "$head" "$folder/header" || refuse malformed
  # A key named by the token (jwk, jku, x5u) is the attacker's; crit asks for what we do not know.
  jq -e 'keys == ["alg","kid","typ"] and (.kid | type) == "string"' "$folder/header" >/dev/null || refuse header
  jq -e --arg typ "$2" '.typ == $typ' "$folder/header" >/dev/null || refuse typ
  jq -ce --slurpfile header "$folder/header" '[.keys[] | select(.kid == $header[0].kid)][0]' "$folder/jwks" \
    >"$folder/jwk" || refuse unknown_kid
  # The key's own alg, never the token's choice; this file knows ES256.
  jq -e --slurpfile header "$folder/header" '.alg == "ES256" and .crv == "P-256" and $header[0].alg == .alg' \
    "$folder/jwk" >/dev/null || refuse alg

  raw=$(printf '%s' "$signature" | decode | hex) || refuse malformed
  [ ${#raw} -eq 128 ] || refuse signature
  r=$(integer "${raw:0:64}")
  s=$(integer "${raw:64}")
  printf '30%02x%s%s' $(((${#r} + ${#s}) / 2)) "$r" "$s" | unhex >"$folder/signature"
  # SubjectPublicKeyInfo of a P-256 key, then the point: 04, x, y
  point=$(jq -r .x "$folder/jwk" | tr -d '\n' | decode | hex)$(jq -r .y "$folder/jwk" | tr -d '\n' | decode | hex)
  printf '3059301306072a8648ce3d020106082a8648ce3d03010703420004%s' "$point" | unhex >"$folder/key.der"
  openssl pkey -pubin -inform DER -in "$folder/key.der" -out "$folder/key.pem" 2>/dev/null || refuse unavailable
  printf '%s.%s' "$head" "$body" |
    openssl dgst -sha256 -verify "$folder/key.pem" -signature "$folder/signature" >/dev/null 2>&1 || refuse signature
  object "$body" "$4" || refuse malformed
}

# check REASON FILTER: a rule about the claims, given the issuer, the audience and the time as variables
now=$(date +%s)
count='def count: type == "number" and . >= 0 and . == floor and . < 9007199254740992;'
check() {
  jq -e --arg iss "$issuer" --arg aud "$audience" --argjson now "$now" "$count $2" "$folder/claims" >/dev/null || refuse "$1"
}

fetch() { curl -fsS --max-time 5 --max-filesize 1000000 "$1" 2>/dev/null; }

# One look at the key set a run: an unknown kid asks for it no second time.
fetch "$jwks" >"$folder/jwks" || refuse unavailable
open_signed "$token" at+jwt 4096 "$folder/claims"
check iss '.iss == $iss'
check aud '.aud == $aud'
check claims '[.sub, .sid, .jti] | all(type == "string")'
check claims '[.iat, .exp, .epoch] | all(count)'
check not_yet_valid '.iat <= $now + 60'
check expired '.exp > $now'

if [ -n "$revocations" ]; then
  list=$(fetch "$revocations") || refuse unavailable
  # In a shell of its own: whatever is wrong with the list is not the token's fault.
  (open_signed "$list" revocations+jwt 160000 "$folder/list") >/dev/null || refuse unavailable
  jq -e --arg iss "$issuer" --argjson now "$now" \
    '.iss == $iss and .iat >= $now - 15 and .iat <= $now + 15' "$folder/list" >/dev/null || refuse unavailable
  hash=$(jq -j .sid "$folder/claims" | openssl dgst -sha256 -binary | head -c 16 | openssl base64 -A | tr '+/' '-_' | tr -d =)
  jq -e --arg hash "$hash" --slurpfile list "$folder/list" '$list[0] as $revoked |
    .iat >= $revoked.nbf_all and .epoch >= ($revoked.epochs[.sub] // 0) and (any($revoked.sids[]; . == $hash) | not)' \
    "$folder/claims" >/dev/null || refuse revoked
fi

jq -c '{ok: true, sub: .sub}' "$folder/claims"

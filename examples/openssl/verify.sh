#!/usr/bin/env bash
# Verifies an access token with curl, openssl and jq:
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

# der TAG HEX: tag, length and value, in hex
der() {
  local length=$((${#2} / 2))
  if [ $length -lt 128 ]; then printf '%s%02x%s' "$1" $length "$2"
  elif [ $length -lt 256 ]; then printf '%s81%02x%s' "$1" $length "$2"
  else printf '%s82%04x%s' "$1" $length "$2"; fi
}
# bytes in hex to a DER INTEGER: no leading zeros, and one where the first bit would be a sign
integer() {
  local value=$1
  while [ "${value:0:2}" = 00 ] && [ ${#value} -gt 2 ]; do value=${value:2}; done
  case $value in [89a-f]*) value=00$value ;; esac
  der 02 "$value"
}
# member NAME: that member of the key, in hex
member() { jq -j --arg name "$1" '.[$name]' "$folder/jwk" | decode | hex; }
# spki ALGORITHM KEY: SubjectPublicKeyInfo, in hex
spki() { der 30 "$(der 30 "$1")$(der 03 "00$2")"; }

# is_signed ALG: whether $folder/signature is the key's over $folder/signed
is_signed() {
  local r s raw
  local verify=(openssl dgst -sha256 -verify "$folder/key.pem" -signature "$folder/signature")
  case $1 in
    ES256) spki 06072a8648ce3d020106082a8648ce3d030107 "04$(member x)$(member y)" ;;
    EdDSA) spki 06032b6570 "$(member x)" ;;
    *) spki 06092a864886f70d0101010500 "$(der 30 "$(integer "$(member n)")$(integer "$(member e)")")" ;;
  esac | unhex >"$folder/key.der"
  openssl pkey -pubin -inform DER -in "$folder/key.der" -out "$folder/key.pem" 2>/dev/null || refuse unavailable
  case $1 in
    ES256)
      # r and s, 32 bytes each; openssl wants them in DER
      raw=$(hex <"$folder/signature")
      [ ${#raw} -eq 128 ] || return 1
      r=$(integer "${raw:0:64}")
      s=$(integer "${raw:64}")
      der 30 "$r$s" | unhex >"$folder/signature"
      ;;
    EdDSA) verify=(openssl pkeyutl -verify -pubin -inkey "$folder/key.pem" -sigfile "$folder/signature" -rawin -in) ;;
    PS256) verify+=(-sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32) ;;
  esac
  "${verify[@]}" "$folder/signed" >/dev/null 2>&1
}

# open_signed TOKEN TYP MOST PAYLOAD-FILE
open_signed() {
  local head body signature alg
  [ ${#1} -le "$3" ] || refuse too_large
  [[ $1 =~ ^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$ ]] || refuse malformed
  IFS=. read -r head body signature <<<"$1"
  object "$head" "$folder/header" || refuse malformed
  # A key named by the token (jwk, jku, x5u) is the attacker's; crit asks for what we do not know.
  jq -e 'keys == ["alg","kid","typ"] and (.kid | type) == "string"' "$folder/header" >/dev/null || refuse header
  jq -e --arg typ "$2" '.typ == $typ' "$folder/header" >/dev/null || refuse typ
  jq -ce --slurpfile header "$folder/header" '[.keys[] | select(.kid == $header[0].kid)][0]' "$folder/jwks" \
    >"$folder/jwk" || refuse unknown_kid
  # The key's own alg, never the token's choice.
  alg=$(jq -er --slurpfile header "$folder/header" 'select($header[0].alg == .alg) |
    select({ES256: "P-256", EdDSA: "Ed25519", RS256: "RSA", PS256: "RSA"}[.alg] == (.crv // .kty)) | .alg' \
    "$folder/jwk") || refuse alg

  printf '%s' "$signature" | decode >"$folder/signature" || refuse malformed
  printf '%s.%s' "$head" "$body" >"$folder/signed"
  is_signed "$alg" || refuse signature
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

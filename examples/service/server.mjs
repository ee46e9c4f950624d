// A service that lets in whoever brings a good access token: `Authorization: Bearer`, no framework, no cookie.
// node server.mjs --port 4000 --jwks URL --issuer ISS --audience AUD --revocations URL [--allow-origin ORIGIN …]
// Pages of the origins that are allowed may read the answers (CORS), those of no others.
import { createServer } from 'node:http'
import { parseArgs } from 'node:util'
import { openVerifier } from '../node/verify-jose.mjs'

const text = { type: /** @type {const} */ ('string') }
const options = { port: { ...text, default: '4000' }, jwks: text, issuer: text, audience: text, revocations: text }
const several = { 'allow-origin': { ...text, multiple: /** @type {const} */ (true) } }
const { values } = parseArgs({ options: { ...options, ...several } })
const { port, jwks, issuer, audience, revocations, 'allow-origin': origins = [] } = values
if (!jwks || !issuer || !audience) throw new Error('--jwks URL --issuer ISS --audience AUD [--revocations URL]')
const verify = openVerifier({ jwks, issuer, audience, revocations })

// Neither `*` nor `null` nor a pattern: to the letter what a browser sends.
for (const origin of origins)
  if (!URL.canParse(origin) || new URL(origin).origin !== origin)
    throw new Error('--allow-origin takes an exact origin such as https://app.example')

/** @param {import('node:http').IncomingMessage} request @param {import('node:http').ServerResponse} response */
const share = ({ headers }, response) => {
  // Also for the others: a cache must not give one origin the answer to another.
  response.setHeader('vary', 'Origin')
  if (!headers.origin || !origins.includes(headers.origin)) return false
  // No Allow-Credentials: whoever calls brings a token along, and no cookie means anything here.
  response.setHeader('access-control-allow-origin', headers.origin)
  return true
}

const server = createServer(async (request, response) => {
  response.setHeader('cache-control', 'no-store')
  const shared = share(request, response)
  if (request.method === 'OPTIONS' && request.headers['access-control-request-method']) {
    const allowed = {
      'access-control-allow-methods': 'GET',
      'access-control-allow-headers': 'Authorization',
      'access-control-max-age': '600',
    }
    response.writeHead(shared ? 204 : 403, shared ? allowed : {}).end()
    return
  }
  const [, token] = /^Bearer ([\w.-]+)$/i.exec(request.headers.authorization ?? '') ?? []
  const verdict = token ? await verify(token) : { ok: /** @type {const} */ (false), reason: 'missing' }
  if (!verdict.ok && verdict.reason === 'unavailable') {
    // No keys or no list: not the caller's fault, and no reason to sign anybody out.
    response.writeHead(503, { 'retry-after': '2' }).end()
  } else if (!verdict.ok) {
    // The same answer whatever is wrong: why is for our log, not for whoever forges.
    console.error(`refused: ${verdict.reason}`)
    response.writeHead(401, { 'www-authenticate': token ? 'Bearer error="invalid_token"' : 'Bearer' }).end()
  } else if (request.url === '/verify') {
    // For a proxy that asks before it lets a request through: examples/nginx/auth-request.conf.
    response.writeHead(204, { 'x-user': verdict.sub }).end()
  } else {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ hello: verdict.sub }))
  }
})
server.listen(Number(port), '127.0.0.1')

// A service that lets in whoever brings a good access token: `Authorization: Bearer`, no framework, no cookie.
// node server.mjs --port 4000 --jwks URL --issuer ISS --audience AUD --revocations URL
import { createServer } from 'node:http'
import { parseArgs } from 'node:util'
import { openVerifier } from '../node/verify-jose.mjs'

const text = { type: /** @type {const} */ ('string') }
const options = { port: { ...text, default: '4000' }, jwks: text, issuer: text, audience: text, revocations: text }
const { port, jwks, issuer, audience, revocations } = parseArgs({ options }).values
if (!jwks || !issuer || !audience) throw new Error('--jwks URL --issuer ISS --audience AUD [--revocations URL]')
const verify = openVerifier({ jwks, issuer, audience, revocations })

const server = createServer(async (request, response) => {
  response.setHeader('cache-control', 'no-store')
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

// An OpenID provider over HTTP that says what a test wants it to say: each of its words can be wrong.
import { randomBytes } from 'node:crypto'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SignJWT } from 'jose/jwt/sign'
import { exportJWK } from 'jose/key/export'
import { generateKeyPair } from 'jose/key/generate/keypair'
import { onTestFinished } from 'vitest'
import type { Provider } from '../../core/providers'

export type Doctored = {
  provider: Provider
  /** What the next ID token says beyond what it should. */
  claims: Record<string, unknown>
  /** What it says of itself beyond what it should; `undefined` leaves a member out. */
  metadata: Record<string, unknown>
  /** Of GitHub's API. */
  github: { user: unknown; emails: unknown }
  state: {
    down: boolean
    slow: boolean
    sign: 'well' | 'other key' | 'not at all'
    tokens: number
    verifiers: string[]
  }
  rotateKey: () => Promise<void>
}

const answer = (response: ServerResponse, body: unknown, status = 200) => {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}

const pair = async () => {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true })
  const kid = randomBytes(6).toString('hex')
  return { kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' } }
}

export const openDoctoredProvider = async (kind: Provider['kind'] = 'oidc'): Promise<Doctored> => {
  let key = await pair()
  const other = await pair()
  const state: Doctored['state'] = { down: false, slow: false, sign: 'well', tokens: 0, verifiers: [] }
  const doctored: Doctored = {
    provider: { id: 'acme', label: 'Acme', kind, issuer: '', clientId: 'us', clientSecret: 'shared' },
    claims: {},
    metadata: {},
    github: { user: { id: 42, login: 'ann' }, emails: [{ email: 'ann@example.com', primary: true, verified: true }] },
    state,
    rotateKey: async () => {
      key = await pair()
    },
  }
  const idToken = async (): Promise<string> => {
    const seconds = Math.floor(Date.now() / 1000)
    const claims = {
      iss: doctored.provider.issuer,
      aud: 'us',
      sub: '42',
      iat: seconds,
      exp: seconds + 60,
      email: 'ann@example.com',
      email_verified: true,
      ...doctored.claims,
    }
    const signer = state.sign === 'other key' ? other : key
    const token = await new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: key.kid }).sign(signer.privateKey)
    return state.sign === 'not at all' ? `${token.slice(0, token.lastIndexOf('.'))}.` : token
  }
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://localhost')
    if (state.down) return void request.socket.destroy()
    if (state.slow) return
    const { issuer } = doctored.provider
    if (pathname === '/.well-known/openid-configuration')
      return answer(response, {
        issuer,
        authorization_endpoint: `${issuer}/auth`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/jwks`,
        response_types_supported: ['code'],
        id_token_signing_alg_values_supported: ['ES256'],
        authorization_response_iss_parameter_supported: true,
        ...doctored.metadata,
      })
    if (pathname === '/jwks') return answer(response, { keys: [key.jwk] })
    if (pathname === '/api/v3/user') return answer(response, doctored.github.user)
    if (pathname === '/api/v3/user/emails') return answer(response, doctored.github.emails)
    let body = ''
    for await (const chunk of request) body += chunk
    const form = new URLSearchParams(body)
    state.tokens++
    state.verifiers.push(form.get('code_verifier') ?? '')
    if (form.get('code') === 'used') return answer(response, { error: 'invalid_grant' }, 400)
    const tokens = { access_token: 'opaque', token_type: 'bearer' }
    return answer(response, kind === 'oidc' ? { ...tokens, id_token: await idToken() } : tokens)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  doctored.provider.issuer = `http://localhost:${(server.address() as AddressInfo).port}`
  return doctored
}

// A gate with settings of its own and keys that a test holds, fetched over HTTP as from the app itself.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { NextRequest, type NextResponse } from 'next/server'
import { expect, onTestFinished, vi } from 'vitest'
import { type Algorithm, algorithms } from '../../core/algorithms'
import { deriveSharedKey, keyringOf } from '../../core/shared-key'
import { type Forge, goodClaims, openForge, openSigner } from '../../core/testing/token-forge'

export const secret = 'AQgPFh0kKzI5QEdOVVxjanF4f4aNlJuiqbC3vsXM09o'

export type GateHouse = {
  /** The gate's answer to a request as it arrives on localhost:3000. */
  ask: (path: string, init?: { method?: string; headers?: Record<string, string> }) => Promise<NextResponse>
  forge: Forge
  /** A token that this gate accepts, but for these members. */
  token: (claims?: Record<string, unknown>, header?: Record<string, unknown>) => Promise<string>
  /** The paths that the gate asked the app for. */
  asked: string[]
}

/** With the key that the app would have: under HS256 it is the one that the gate derives too. */
const forgeFor = async (alg: Algorithm, from: string): Promise<Forge> => {
  const forge = await openForge(alg)
  if (alg !== 'HS256') return forge
  const shared = await deriveSharedKey(from, ['sign', 'verify'])
  const signer = await openSigner(shared.key, forge.jwk, forge, { alg, kid: shared.kid })
  return { ...signer, keyring: keyringOf([shared]) }
}

/** A server that answers with these documents on a port of its own, and the paths that it was asked for. */
const serveDocuments = async (documents: Record<string, () => Promise<string>>, up: boolean) => {
  const asked: string[] = []
  const server = createServer(async (request, response) => {
    const path = request.url ?? ''
    asked.push(path)
    const document = documents[path]
    if (document) response.writeHead(200).end(await document())
    else response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  if (up) onTestFinished(close)
  else close()
  return { asked, origin: `http://127.0.0.1:${port}` }
}

/**
 * @param settings environment variables
 * @param state whether the app answers, whether it has a revocation list, and what is on it
 */
export const openGateHouse = async (
  settings: Record<string, string> = {},
  { up = true, listed = true, ended = {} }: { up?: boolean; listed?: boolean; ended?: Record<string, unknown> } = {},
): Promise<GateHouse> => {
  const origin = settings.APP_URL ?? 'http://localhost:3000'
  const alg = algorithms.find((name) => name === settings.JWT_ALG) ?? 'ES256'
  const forge = await forgeFor(alg, settings.AUTH_SECRET ?? secret)
  const revocations = { iss: origin, seq: 1, nbf_all: 0, sids: [] as string[], epochs: {}, ...ended }
  const signed = () =>
    forge.sign(
      JSON.stringify({ ...forge.header, typ: 'revocations+jwt' }),
      JSON.stringify({ iat: Math.floor(Date.now() / 1000), ...revocations }),
    )
  const keys = await serveDocuments(
    {
      '/.well-known/jwks.json': async () => JSON.stringify({ keys: alg === 'HS256' ? [] : [forge.jwk] }),
      ...(listed && { '/.well-known/revocations': signed }),
    },
    up,
  )
  // Settings and keys are kept in the module, so each house has its own.
  vi.resetModules()
  vi.unstubAllEnvs()
  for (const [name, value] of Object.entries({ AUTH_SECRET: secret, INTERNAL_ORIGIN: keys.origin, ...settings }))
    vi.stubEnv(name, value)
  const { gate } = await import('../gate')
  const seconds = Math.floor(Date.now() / 1000)
  return {
    ask: (path, { method = 'GET', headers = {} } = {}) =>
      gate(new NextRequest(`${origin}${path}`, { method, headers: { host: new URL(origin).host, ...headers } })),
    forge,
    token: (claims = {}, header = {}) =>
      forge.token(
        { ...goodClaims, iss: origin, aud: origin, iat: seconds, exp: seconds + 300, auth_time: seconds, ...claims },
        header,
      ),
    asked: keys.asked,
  }
}

/** Every answer of the gate carries these, whatever it says. */
export const expectGuarded = (answer: NextResponse): void => {
  const header = (name: string) => answer.headers.get(name)
  expect(header('content-security-policy')).toMatch(
    /^default-src 'self'; script-src 'nonce-[A-Za-z0-9+/]{22}==' 'strict-dynamic'; .*frame-ancestors 'none'/,
  )
  expect(header('x-content-type-options')).toBe('nosniff')
  expect(header('referrer-policy')).toBe('same-origin')
  expect(header('x-frame-options')).toBe('DENY')
  expect(header('cross-origin-opener-policy')).toBe('same-origin')
  expect(header('permissions-policy')).toContain('camera=()')
}

export const expectPrivate = (answer: NextResponse): void => {
  expect(answer.headers.get('cache-control')).toBe('private, no-store')
  expect(answer.headers.get('cross-origin-resource-policy')).toBe('same-origin')
  expect(answer.headers.get('vary')).toContain('Cookie')
}

/** The request headers that Next will hand to the page, by the names that it was told to keep. */
export const passedHeaders = (answer: NextResponse): Map<string, string | null> => {
  const names = answer.headers.get('x-middleware-override-headers')?.split(',') ?? []
  return new Map(names.map((name) => [name, answer.headers.get(`x-middleware-request-${name}`)]))
}

// @vitest-environment edge-runtime
// The gate under each algorithm; under HS256 it derives the key, since nobody publishes it.
import { describe, expect, test } from 'vitest'
import { algorithms } from '../core/algorithms'
import { sealAccessToken } from '../core/mint'
import { deriveTokenSeals } from '../core/sealed-token'
import { deriveSharedKey } from '../core/shared-key'
import { goodClaims, openSigner } from '../core/testing/token-forge'
import { openGateHouse, secret } from './testing/gate-house'

const other = 'zcTBvrm2s7CtqqekoZ6bmJWSj4yJhoOAfXp3dHFua2g'
const at = (token: string) => ({ headers: { cookie: `handstamp-at=${token}` } })

describe.each(algorithms)('%s', (JWT_ALG) => {
  test('a good token passes, one changed after signing does not', async () => {
    const { ask, token } = await openGateHouse({ JWT_ALG })
    const good = await token()
    const [head, body, signature] = good.split('.')
    expect((await ask('/dashboard', at(good))).headers.get('x-middleware-next')).toBe('1')
    const claims = JSON.parse(atob((body ?? '').replaceAll('-', '+').replaceAll('_', '/')))
    const changed = btoa(JSON.stringify({ ...claims, roles: ['admin'] })).replaceAll('=', '')
    expect((await ask('/dashboard', at(`${head}.${changed}.${signature}`))).status).toBe(307)
  })
})

/** A token of an app whose AUTH_SECRET is `from`. */
const sharedToken = async (from: string) => {
  const { forge } = await openGateHouse()
  const { kid, key } = await deriveSharedKey(from, ['sign'])
  const signer = await openSigner(key, forge.jwk, forge, { alg: 'HS256', kid })
  const seconds = Math.floor(Date.now() / 1000)
  const origin = 'http://localhost:3000'
  const life = { iat: seconds, exp: seconds + 300, auth_time: seconds }
  return signer.token({ ...goodClaims, iss: origin, aud: origin, ...life })
}

describe('the HS256 key', () => {
  test('opens nothing at the gate while JWT_ALG is another', async () => {
    const token = await sharedToken(secret)
    const { ask } = await openGateHouse({ JWT_ALG: 'ES256' })
    expect((await ask('/dashboard', at(token))).status).toBe(307)
  })

  test('of the secret before opens as long as that secret is named', async () => {
    const token = await sharedToken(other)
    const named = await openGateHouse({ JWT_ALG: 'HS256', AUTH_SECRET_PREVIOUS: other })
    expect((await named.ask('/dashboard', at(token))).headers.get('x-middleware-next')).toBe('1')
    const alone = await openGateHouse({ JWT_ALG: 'HS256' })
    expect((await alone.ask('/dashboard', at(token))).status).toBe(307)
  })
})

test('an encrypted token passes where TOKEN_ENCRYPTION is on, and nowhere else', async () => {
  const [key = new Uint8Array()] = await deriveTokenSeals([secret])
  for (const [TOKEN_ENCRYPTION, status] of [
    ['on', 200],
    ['off', 307],
  ] as const) {
    const { ask, token } = await openGateHouse({ TOKEN_ENCRYPTION })
    expect((await ask('/dashboard', at(await sealAccessToken(await token(), key)))).status).toBe(status)
  }
})

// The built app under each algorithm: sign-up, the gate, a handler, a refresh. Each has an app of its own.
import { algorithms } from '../../lib/core/algorithms'
import { decodedPart } from '../../lib/core/testing/weak-verifiers'
import { openClient, password, signUpBy } from '../fixtures/client'
import { openMailbox } from '../fixtures/mailbox'
import { expect, test } from '../fixtures/test'

test.describe.configure({ mode: 'default', timeout: 90_000 })

for (const alg of algorithms) {
  test(`${alg}: a session is opened, let through the gate, checked in Node and refreshed`, async ({
    launch,
    network,
    address,
  }) => {
    const app = await launch({ JWT_ALG: alg })
    try {
      const client = openClient(app.url, network)
      const tokenOf = () => client.cookies.get('handstamp-at') ?? ''
      await signUpBy(client, openMailbox(app.mailDir), address)
      const signedIn = await client.post('/api/auth/sign-in', { email: address, password })
      expect(signedIn.status).toBe(200)
      expect(decodedPart(tokenOf().split('.')[0])).toEqual({ alg, typ: 'at+jwt', kid: expect.any(String) })
      // At an address where nothing is, the edge lets a good token through to a 404 and Node asks nobody.
      expect((await client.get('/nowhere')).status).toBe(404)
      expect((await client.get('/dashboard')).text).toContain(address)
      expect((await client.get('/api/auth/session')).status).toBe(200)
      const before = tokenOf()
      expect((await client.post('/api/auth/refresh', {})).status).toBe(200)
      expect(tokenOf()).not.toBe(before)
      expect((await client.get('/api/auth/session')).status).toBe(200)
      expect((await client.get('/nowhere')).status).toBe(404)

      const [head, body, signature = ''] = tokenOf().split('.')
      const forged = `${head}.${body}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`
      const stranger = { cookie: `handstamp-at=${forged}` }
      expect((await openClient(app.url, network).get('/nowhere', stranger)).status).toBe(307)
      expect((await openClient(app.url, network).get('/api/auth/session', stranger)).status).toBe(401)

      const { keys } = (await openClient(app.url, network).get('/.well-known/jwks.json')).json as { keys: object[] }
      expect(keys.map((key) => ('alg' in key ? key.alg : ''))).toEqual(alg === 'HS256' ? [] : [alg])
    } finally {
      await app.stop()
    }
  })
}

test('TOKEN_ENCRYPTION: the cookie tells nothing, and the gate, a page, a handler and a refresh work the same', async ({
  launch,
  network,
  address,
}) => {
  const app = await launch({ TOKEN_ENCRYPTION: 'on' })
  try {
    const client = openClient(app.url, network)
    await signUpBy(client, openMailbox(app.mailDir), address)
    for (let i = 0; i < 2; i++) {
      const token = client.cookies.get('handstamp-at') ?? ''
      expect(token.split('.')).toHaveLength(5)
      expect(decodedPart(token.split('.')[0])).toEqual({ alg: 'dir', enc: 'A256GCM', cty: 'JWT' })
      expect((await client.get('/nowhere')).status).toBe(404)
      expect((await client.get('/dashboard')).text).toContain(address)
      expect((await client.get('/api/auth/session')).status).toBe(200)
      expect((await client.post('/api/auth/refresh', {})).status).toBe(200)
    }
  } finally {
    await app.stop()
  }
})

// @vitest-environment edge-runtime
// The gate and the Authorization header: handlers take it, pages don't, and it never makes two identities one.
import { afterEach, describe, expect, test, vi } from 'vitest'
import { hashSid } from '../core/revocations'
import { goodClaims } from '../core/testing/token-forge'
import { type GateHouse, openGateHouse } from './testing/gate-house'

afterEach(() => {
  vi.unstubAllEnvs()
})

const refresh = `AAECAwQFBgcICQoLDA0ODw.1.${'A'.repeat(43)}`
const other = { sid: 'ZZECAwQFBgcICQoLDA0ODw' }
const handler = '/api/auth/session'
const bearerOf = ({ token }: GateHouse, claims: Record<string, unknown> = {}) =>
  token({ client_id: 'handstamp', ...claims })
const asked = async (house: GateHouse, authorization: string, cookie?: string, path = handler) => {
  const answer = await house.ask(path, { headers: { authorization, ...(cookie && { cookie }) } })
  return answer.headers.get('x-middleware-next') === '1' ? 'passed' : answer
}

describe('a handler', () => {
  test('is passed on with a good bearer token', async () => {
    const house = await openGateHouse()
    expect(await asked(house, `Bearer ${await bearerOf(house)}`)).toBe('passed')
  })

  test('is passed on with cookies of the same session beside it', async () => {
    const house = await openGateHouse()
    const bearer = `Bearer ${await bearerOf(house)}`
    expect(await asked(house, bearer, `handstamp-at=${await house.token()}; handstamp-rt=${refresh}`)).toBe('passed')
  })

  test('is refused in the same bytes for every defect, and a bearer is told that another token is needed', async () => {
    const house = await openGateHouse()
    const [good, token] = [await bearerOf(house), await house.token()]
    const refused: [authorization: string, cookie?: string][] = [
      ['Bearer'],
      ['Bearer x'],
      [`Bearer ${token}`],
      [`Bearer hsp_${'A'.repeat(43)}`],
      [`Bearer ${await bearerOf(house, { aud: 'https://billing.example' })}`],
      [`Bearer ${await bearerOf(house, { exp: 1 })}`],
      [`Bearer ${good}`, `handstamp-at=${await house.token(other)}`],
      [`Bearer ${good}`, `handstamp-at=bad`],
      [`Bearer ${good}`, `handstamp-at=${token}; handstamp-at=${token}`],
      [`Bearer ${good}`, `handstamp-rt=ZZECAwQFBgcICQoLDA0ODw.1.${'A'.repeat(43)}`],
      ['Bearer x', `handstamp-at=${token}`],
    ]
    const bodies = new Set<string>()
    for (const [authorization, cookie] of refused) {
      const answer = await asked(house, authorization, cookie)
      if (answer === 'passed') throw new Error(`${authorization} beside ${cookie} was passed on`)
      expect(answer.status).toBe(401)
      expect(answer.headers.get('www-authenticate')).toBe('Bearer')
      bodies.add(await answer.text())
    }
    const plain = await house.ask(handler)
    expect(plain.headers.get('www-authenticate')).toBeNull()
    expect([...bodies]).toEqual([await plain.text()])
  })

  test('is refused to a bearer token whose session was ended', async () => {
    const house = await openGateHouse({}, { ended: { sids: [await hashSid(goodClaims.sid)] } })
    expect(await asked(house, `Bearer ${await bearerOf(house)}`)).toMatchObject({ status: 401 })
  })

  test('minds no other scheme', async () => {
    const house = await openGateHouse()
    expect(await asked(house, 'Basic eDp5', `handstamp-at=${await house.token()}`)).toBe('passed')
  })
})

describe('a page', () => {
  test('is opened by no bearer token, and closed by none', async () => {
    const house = await openGateHouse()
    const bearer = `Bearer ${await bearerOf(house)}`
    expect(await asked(house, bearer, undefined, '/dashboard')).toMatchObject({ status: 307 })
    expect(await asked(house, bearer, `handstamp-at=${await house.token(other)}`, '/dashboard')).toBe('passed')
  })

  test('is not opened by a bearer token in a cookie', async () => {
    const house = await openGateHouse()
    const cookie = `handstamp-at=${await bearerOf(house)}`
    expect(await asked(house, 'Basic x', cookie, '/dashboard')).toMatchObject({ status: 307 })
    expect(await asked(house, 'Basic x', cookie)).toMatchObject({ status: 401 })
  })
})

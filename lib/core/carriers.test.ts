// @vitest-environment edge-runtime
import { describe, expect, test } from 'vitest'
import { type Carried, isMixedIdentity, readCarried } from './carriers'
import { cookieName } from './cookies'

const sid = 'AAECAwQFBgcICQoLDA0ODw'
const rt = `${sid}.3.${'A'.repeat(43)}`
const [at, refresh] = [cookieName('at', true), cookieName('rt', true)]

const none = (problem: Carried['problem']): Carried => ({ access: null, refresh: null, refreshSid: null, problem })

const table: [sentence: string, header: string | null, carried: Carried][] = [
  ['no cookies: missing', null, none('missing')],
  ['only strange cookies: missing', 'a=1; b=2', none('missing')],
  ['both', `${at}=tok; ${refresh}=${rt}`, { access: 'tok', refresh: rt, refreshSid: sid, problem: null }],
  ['G05 access alone', `${at}=tok`, { access: 'tok', refresh: null, refreshSid: null, problem: null }],
  ['G05 refresh alone', `${refresh}=${rt}`, { access: null, refresh: rt, refreshSid: sid, problem: null }],
  ['G01 access twice: neither cookie counts', `${at}=a; ${at}=b; ${refresh}=${rt}`, none('duplicated')],
  ['G01 refresh twice: neither cookie counts', `${at}=tok; ${refresh}=${rt}; ${refresh}=${rt}`, none('duplicated')],
  [
    'E01 an access token in the refresh cookie is no refresh token',
    `${refresh}=eyJhbGciOiJFUzI1NiJ9.e30.AAAA`,
    none('missing'),
  ],
  [
    'a malformed refresh token beside an access token is left out',
    `${at}=tok; ${refresh}=x`,
    { access: 'tok', refresh: null, refreshSid: null, problem: null },
  ],
  ['both empty: missing', `${at}=; ${refresh}=`, none('missing')],
  ['C-7 the names of the http mode do not count over https', `handstamp-at=tok; handstamp-rt=${rt}`, none('missing')],
]

describe('what a request carries', () => {
  test.each(table)('%s', (_, header, carried) => {
    expect(readCarried(header, true)).toEqual(carried)
  })

  test('over http the plain names count', () => {
    expect(readCarried(`handstamp-at=tok; handstamp-rt=${rt}`, false)).toMatchObject({
      access: 'tok',
      refreshSid: sid,
      problem: null,
    })
  })
})

describe("G05 Alice's access token", () => {
  const carried = (refreshSid: string | null): Carried => ({ access: 'tok', refresh: null, refreshSid, problem: null })
  test.each([
    ['beside her own refresh token is hers', carried(sid), false],
    ['alone is hers', carried(null), false],
    ["beside Bob's refresh token is nobody's", carried('BBECAwQFBgcICQoLDA0ODw'), true],
  ])('%s', (_, request, mixed) => {
    expect(isMixedIdentity(request, sid)).toBe(mixed)
  })
})

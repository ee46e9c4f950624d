// Whether an address has an account must not show: not in words, status, headers or cookies (K01), not in time (K02).
import { randomBytes } from 'node:crypto'
import { type Answer, openClient, password } from '../fixtures/client'
import type { Person, PersonOptions } from '../fixtures/person'
import { expect, test } from '../fixtures/test'

type Post = (path: string, body: Record<string, string>) => Promise<Answer>
type Way = { name: string; ask: (post: Post, email: string, i: number) => Promise<Answer> }

/** One character, a common length, and the longest. */
const typed = (i: number) => ['x', `wrong password number ${i}`, `${i} `.padEnd(128, 'wrong')][i % 3] ?? ''
const wrongCode = async (post: Post, email: string, first: string, then: string, body: Record<string, string> = {}) => {
  await post(first, { email, ...body })
  return post(then, { code: '000000' })
}

const ways: Way[] = [
  { name: 'sign-in', ask: (post, email, i) => post('/api/auth/sign-in', { email, password: typed(i) }) },
  { name: 'sign-up', ask: (post, email) => post('/api/auth/sign-up', { name: 'Ann', email, password }) },
  { name: 'a forgotten password', ask: (post, email) => post('/api/auth/password/forgot', { email }) },
  { name: 'a code by mail', ask: (post, email) => post('/api/auth/sign-in/email', { email }) },
]
const more: Way[] = [
  {
    name: 'a wrong code of a mail',
    ask: (post, email) => wrongCode(post, email, '/api/auth/sign-in/email', '/api/auth/sign-in/email/verify'),
  },
  {
    name: 'a wrong code of a sign-up',
    ask: (post, email) =>
      wrongCode(post, email, '/api/auth/sign-up', '/api/auth/verify-email', { name: 'Ann', password }),
  },
  {
    name: 'another mail of a sign-up, too soon',
    ask: async (post, email) => {
      await post('/api/auth/sign-up', { name: 'Ann', email, password })
      return post('/api/auth/verify-email/resend', {})
    },
  },
  {
    name: 'a sixth wrong password',
    ask: async (post, email) => {
      for (let i = 0; i < 5; i++) await post('/api/auth/sign-in', { email, password: `wrong ${i}` })
      return post('/api/auth/sign-in', { email, password })
    },
  },
]

/** A stranger from a network of their own, by JSON or as a form. */
const strangerAt = (url: string, form: boolean): Post => {
  const client = openClient(url, `10.${[...randomBytes(3)].join('.')}`)
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  return (path, body) => (form ? client.post(path, `${new URLSearchParams(body)}`, headers) : client.post(path, body))
}
const nobody = () => `nobody-${randomBytes(5).toString('hex')}@example.com`
const known = async (asUser: (options?: PersonOptions) => Promise<Person>) => (await asUser()).email

/** A second may pass between two askers. */
const timeless = (text: string) => text.replace(/in (\d+ (second|minute)s?|a minute|a second)/g, 'in …')

/** All that a stranger sees, without what differs each time: dates, and the random text of seals, of which the length stays. */
const shapeOf = ({ status, headers, text }: Answer, email: string) => ({
  status,
  text: timeless(text.replaceAll(email, 'EMAIL')),
  headers: [...headers]
    .filter(([name]) => name !== 'date' && name !== 'set-cookie')
    .map(([name, value]) => [name, value.replace(/flash=[\w-]+|nonce-[\w+/=-]+/g, '…').replaceAll(email, 'EMAIL')])
    .map(([name, value]) => (name === 'retry-after' ? [name, 'seconds'] : [name, value])),
  cookies: headers.getSetCookie().map((line) => {
    const [pair = '', ...attributes] = line.split('; ')
    const cut = pair.indexOf('=')
    return [pair.slice(0, cut), pair.length, attributes.filter((attribute) => !attribute.startsWith('Expires'))]
  }),
})

for (const { name, ask } of [...ways, ...more]) {
  for (const form of [false, true]) {
    test(`K01 ${name}${form ? ' by a form' : ''} answers alike for known and unknown addresses`, async ({
      app,
      asUser,
    }) => {
      const [email, other] = [await known(asUser), nobody()]
      const answer = await ask(strangerAt(app.url, form), email, 0)
      expect(answer.status).toBeLessThan(500)
      expect(shapeOf(answer, email)).toEqual(shapeOf(await ask(strangerAt(app.url, form), other, 0), other))
    })
  }
}

test('K01 a change of address answers alike for addresses that others have and that nobody has', async ({ asUser }) => {
  const [ann, eve, other] = [await asUser(), await asUser(), await known(asUser)]
  const unknown = nobody()
  const answer = await ann.client.post('/api/auth/email/change', { email: other })
  expect(answer.status).toBeLessThan(300)
  const again = await eve.client.post('/api/auth/email/change', { email: unknown })
  expect(shapeOf(answer, other)).toEqual(shapeOf(again, unknown))
})

const medianOf = (figures: number[]) => figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)] ?? 0

/** The goal is 5 %, printed; a machine with other things to do gets this much. */
const bound = 0.25

for (const { name, ask } of ways) {
  test(`K02 ${name} takes as long for an unknown address: 200 pairs, one after the other`, async ({ app, asUser }) => {
    test.setTimeout(240_000)
    const pairs = 200
    const people: string[] = []
    for (let i = 0; i < pairs; i++) people.push(await known(asUser))
    const times = { known: [] as number[], unknown: [] as number[] }
    const time = async (kind: 'known' | 'unknown', email: string, i: number) => {
      const post = strangerAt(app.url, false)
      const began = performance.now()
      const { status } = await ask(post, email, i)
      times[kind].push(performance.now() - began)
      expect([200, 202, 401]).toContain(status)
    }
    for (let i = 0; i < 5; i++) await ask(strangerAt(app.url, false), nobody(), i)
    for (const [i, email] of people.entries()) {
      const both = [() => time('known', email, i), () => time('unknown', nobody(), i)]
      for (const one of i % 2 ? both : both.reverse()) await one()
    }
    const [one, other] = [medianOf(times.known), medianOf(times.unknown)]
    const apart = Math.abs(one - other) / Math.max(one, other)
    const said = `${name}: known ${one.toFixed(2)} ms, unknown ${other.toFixed(2)} ms, ${(100 * apart).toFixed(1)} % apart`
    console.info(said)
    test.info().annotations.push({ type: 'median of 200 pairs', description: said })
    expect(apart, said).toBeLessThan(bound)
  })
}

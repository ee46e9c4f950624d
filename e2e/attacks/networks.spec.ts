// Where a client says it comes from is no way around a limit (R-3, K04), nor are many accounts: without a trusted
// proxy the socket alone counts.
import { openClient } from '../fixtures/client'
import { expect, test } from '../fixtures/test'

test.use({ settings: { TRUSTED_PROXIES: '' } })

/** What rotates with each try: the headers that proxies write, and the spellings of one address. */
const claims = (i: number): Record<string, string> => {
  const n = i % 250
  const spellings = [
    `192.0.2.${n}`,
    `::ffff:192.0.2.${n}`,
    `::FFFF:C000:2${n.toString(16).padStart(2, '0')}`,
    `2001:db8:1:2::${n}`,
    `2001:DB8:${n}::1`,
    `fe80::${n}%eth0`,
    `192.0.2.${n}:4${n}`,
    `[2001:db8::${n}]:443`,
  ]
  const address = spellings[i % spellings.length] ?? ''
  return {
    'x-forwarded-for': `${address}, 198.51.100.${n}`,
    'x-real-ip': address,
    'x-client-ip': address,
    'true-client-ip': address,
    'cf-connecting-ip': address,
    forwarded: `for="${address}"`,
    'x-handstamp-peer': `guess ${address}`,
  }
}

test('R-3, R-4, K03, K04 one password on two hundred accounts is stopped, whatever addresses are claimed', async ({
  app,
  asUser,
}) => {
  const known = await asUser()
  const statuses: number[] = []
  for (let i = 0; i < 200; i++) {
    const email = i === 20 ? known.email : `person-${i}@example.com`
    const body = { email, password: 'Winter2026Winter2026' }
    const answer = await openClient(app.url, '').post('/api/auth/sign-in', body, claims(i))
    statuses.push(answer.status)
    if (answer.status === 429) expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
  }
  expect(statuses.indexOf(429)).toBe(50)
  expect(statuses.slice(50).every((status) => status === 429)).toBe(true)
  await expect.poll(() => app.output()).toContain('"event":"spraying_noticed"')
  expect(app.output()).not.toContain('Winter2026')
})

// Many at once: one account, one successor.

import { openClient, password } from '../fixtures/client'
import { codeIn } from '../fixtures/mailbox'
import { expect, test } from '../fixtures/test'

test('fifty sign-ups of one address at once make one account, one mail and fifty equal answers', async ({
  app,
  mailbox,
  address,
}) => {
  const clients = Array.from({ length: 50 }, (_, i) => openClient(app.url, `10.9.0.${i}`))
  const answers = await Promise.all(
    clients.map((client) => client.post('/api/auth/sign-up', { name: 'Ann', email: address, password })),
  )
  const accepted = answers.filter(({ status }) => status === 202)
  // The hash queue is bounded: those that found it full were told to come back, and are free to.
  expect(answers.filter(({ status }) => status !== 202 && status !== 503)).toEqual([])
  expect(accepted.length).toBeGreaterThan(0)
  expect(new Set(accepted.map(({ text }) => text)).size).toBe(1)
  const code = codeIn(await mailbox.waitFor(address))
  const verified = await Promise.all(
    clients
      .filter((client) => client.cookies.size > 0)
      .slice(0, 16)
      .map((client) => client.post('/api/auth/verify-email', { code })),
  )
  expect(verified.filter(({ status }) => status === 200)).toHaveLength(1)
  expect(await mailbox.all(address)).toHaveLength(1)
})

test('twenty refreshes at once end with one successor', async ({ member }) => {
  const { client } = member
  const before = client.cookies.get('handstamp-rt')
  const answers = await Promise.all(Array.from({ length: 20 }, () => client.post('/api/auth/refresh', {})))
  expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200))
  const successors = new Set(
    answers.map(({ headers }) => headers.getSetCookie().find((line) => line.startsWith('handstamp-rt='))),
  )
  expect(successors.size).toBe(1)
  expect(client.cookies.get('handstamp-rt')).not.toBe(before)
  expect((await client.get('/api/auth/session')).status).toBe(200)
})

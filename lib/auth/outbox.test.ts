// Mail that a server does not take now is taken later, whatever stops in between.
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { Message } from '../mail/message'
import { openTransport } from '../mail/transport'
import { openOutbox } from './outbox'
import { authSecret, hour, joinTrial, minute, openTrial, otherSecret, second, start, type Trial } from './testing/trial'

vi.mock('../clock', async (original) => ({ ...(await original<object>()), now: () => start }))

const message: Message = { to: 'ann@example.com', subject: 'Your code', text: 'the code is 123456', html: '<p>…</p>' }
const rowsOf = ({ db }: Pick<Trial, 'db'>) => db.q.select().from(db.t.outbox)

type Taken = { subject: string }[]
/** A mail server that is up or down. */
const server = () => {
  const taken: Taken = []
  const state = { up: false, tries: 0 }
  const deliver = async ({ subject }: Message) => {
    state.tries++
    if (!state.up) throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ESOCKET' })
    taken.push({ subject })
  }
  return { taken, state, deliver }
}
const settled = async (check: () => void) => vi.waitFor(check, { timeout: 2000, interval: 10 })

const withServer = async () => {
  const trial = await openTrial()
  const mail = server()
  return { trial, mail, outbox: openOutbox({ ...trial, deliver: mail.deliver }) }
}

test('what is posted is delivered at once, and nothing of it stays', async () => {
  const { trial, mail, outbox } = await withServer()
  mail.state.up = true
  await outbox.post(message)
  await settled(() => expect(mail.taken).toEqual([{ subject: 'Your code' }]))
  await vi.waitFor(async () => expect(await rowsOf(trial)).toEqual([]))
})

test('L-11 a mail server that is down for an hour loses nothing, and then gets each mail', async () => {
  const { trial, mail, outbox } = await withServer()
  for (let i = 0; i < 5; i++) await outbox.post({ ...message, subject: `Mail ${i}` })
  await settled(() => expect(mail.state.tries).toBe(5))
  await vi.waitFor(async () => expect((await rowsOf(trial)).every(({ dueAt }) => dueAt < start + minute)).toBe(true))
  for (let at = start; at < start + hour; at += 5 * second) await outbox.flush(at)
  // Five tries, pauses that grow to ten minutes: no hammering.
  expect(mail.state.tries).toBeLessThan(5 * 14)
  mail.state.up = true
  await outbox.flush(start + hour + 13 * minute)
  expect(new Set(mail.taken.map(({ subject }) => subject)).size).toBe(5)
  expect(mail.taken).toHaveLength(5)
  expect(await rowsOf(trial)).toEqual([])
})

test('what a stopped process left behind is sent by the next, also by one of two that look at once', async () => {
  const { trial, mail, outbox } = await withServer()
  await outbox.post(message)
  await settled(() => expect(mail.state.tries).toBe(1))
  mail.state.up = true
  const others = await Promise.all([joinTrial(trial.dataDir), joinTrial(trial.dataDir)])
  const outboxes = others.map((other) => openOutbox({ ...other, deliver: mail.deliver }))
  await Promise.all(outboxes.map(({ flush }) => flush(start + minute)))
  expect(mail.taken).toHaveLength(1)
})

test('nobody reads it in the database, and a new AUTH_SECRET still opens it', async () => {
  const { trial, mail, outbox } = await withServer()
  await outbox.post(message)
  await settled(() => expect(mail.state.tries).toBe(1))
  const stored = JSON.stringify(await rowsOf(trial))
  for (const part of ['123456', 'ann@example.com', 'Your code']) expect(stored).not.toContain(part)
  const next = await joinTrial(trial.dataDir, { AUTH_SECRET: otherSecret, AUTH_SECRET_PREVIOUS: authSecret })
  mail.state.up = true
  await openOutbox({ ...next, deliver: mail.deliver }).flush(start + minute)
  expect(mail.taken).toHaveLength(1)
})

test('a real mail server that refuses for now gets the mail half a second later', {
  timeout: 10_000,
}, async () => {
  let tries = 0
  const bodies: string[] = []
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: (_address, _session, done) => {
      tries++
      done(tries === 1 ? Object.assign(new Error('greylisted'), { responseCode: 451 }) : null)
    },
    onData: async (stream, _session, done) => {
      const chunks: Buffer[] = []
      for await (const chunk of stream) chunks.push(Buffer.from(chunk))
      bodies.push(Buffer.concat(chunks).toString())
      done()
    },
  })
  const listening = smtp.listen(0, '127.0.0.1')
  await new Promise<void>((resolve) => listening.once('listening', resolve))
  onTestFinished(() => smtp.close())
  const { port } = listening.address() as AddressInfo
  const trial = await openTrial()
  const deliver = openTransport(`smtp://127.0.0.1:${port}`, 'Handstamp <no-reply@example.com>', 'unused')
  await openOutbox({ ...trial, deliver }).post(message)
  await vi.waitFor(() => expect(bodies).toHaveLength(1), { timeout: 8000, interval: 50 })
  expect(bodies[0]).toContain('the code is 123456')
  await vi.waitFor(async () => expect(await rowsOf(trial)).toEqual([]))
})

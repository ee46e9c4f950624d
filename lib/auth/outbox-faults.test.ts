// Mail beside what goes wrong: mail servers that hang or refuse for good, a database that takes nothing, a flood.
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { log } from '../log'
import type { Message } from '../mail/message'
import { openTransport } from '../mail/transport'
import { askForNewEmail } from './change-email'
import { askForCode } from './email-sign-in'
import { forgotPassword } from './forgot-password'
import { openOutbox } from './outbox'
import { seal } from './sealed-key'
import { enrol, sessionOf } from './testing/people'
import { ann, joinTrial, minute, openTrial, second, start, type Trial } from './testing/trial'

vi.mock('../clock', async (original) => ({ ...(await original<object>()), now: () => start }))

const message: Message = { to: 'ann@example.com', subject: 'Your code', text: 'the code is 123456', html: '<p>…</p>' }
const rowsOf = ({ db }: Pick<Trial, 'db'>) => db.q.select().from(db.t.outbox)
const never = new Promise<void>(() => {})
const fakeTimers = () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => {
    vi.useRealTimers()
  })
}
const errors = vi.spyOn(log(), 'error')
beforeEach(() => {
  errors.mockClear()
})
const turns = () => new Promise((resolve) => setImmediate(resolve))
const until = async (check: () => Promise<boolean> | boolean) => {
  for (let i = 0; i < 2000 && !(await check()); i++) await turns()
  expect(await check()).toBe(true)
}

test('a try that takes too long counts as failed, and nobody else begins one while it is under way', async () => {
  const trial = await openTrial()
  const other = await joinTrial(trial.dataDir)
  fakeTimers()
  let tries = 0
  const hanging = openOutbox({
    ...trial,
    deliver: () => {
      tries++
      return never
    },
  })
  const taken: string[] = []
  const working = openOutbox({ ...other, deliver: async ({ subject }) => void taken.push(subject) })
  await hanging.post(message)
  await until(() => tries === 1)
  await vi.advanceTimersByTimeAsync(44 * second)
  await working.flush(start + 119 * second)
  expect(taken).toEqual([])
  await vi.advanceTimersByTimeAsync(second)
  await until(async () => (await rowsOf(trial)).every(({ dueAt }) => dueAt < start + minute))
  await working.flush(start + minute)
  expect(taken).toEqual(['Your code'])
})

test('a mail whose sender died is another’s after two minutes', async () => {
  const trial = await openTrial()
  let tries = 0
  const dying = openOutbox({
    ...trial,
    deliver: () => {
      tries++
      return never
    },
  })
  await dying.post(message)
  await until(() => tries === 1)
  const taken: string[] = []
  const next = openOutbox({
    ...(await joinTrial(trial.dataDir)),
    deliver: async ({ subject }) => void taken.push(subject),
  })
  await next.flush(start + 2 * minute + second)
  expect(taken).toEqual(['Your code'])
})

test('of many mails five are under way at once, and all go without anybody’s asking again', async () => {
  const trial = await openTrial()
  const open: (() => void)[] = []
  let taken = 0
  const outbox = openOutbox({
    ...trial,
    deliver: () =>
      new Promise((resolve) => {
        open.push(() => {
          taken++
          resolve()
        })
      }),
  })
  for (let i = 0; i < 23; i++) await outbox.post({ ...message, subject: `Mail ${i}` })
  await until(() => open.length === 5)
  for (let i = 0; i < 50; i++) await turns()
  expect(open).toHaveLength(5)
  await until(() => {
    open.shift()?.()
    return taken === 23
  })
  await until(async () => (await rowsOf(trial)).length === 0)
})

test('whoever found no hand free is served when one is', async () => {
  const trial = await openTrial()
  const taken: string[] = []
  const outbox = openOutbox({ ...trial, deliver: async ({ subject }) => void taken.push(subject) })
  const sealed = await seal(message, trial.secrets.mail)
  await trial.db.q.insert(trial.db.t.outbox).values({ id: 'one', sealed, createdAt: start, dueAt: start })
  await Promise.all([outbox.flush(start - minute), outbox.flush(start)])
  await until(() => taken.length === 1)
})

test('a row that cannot be deleted after its delivery is sent again: at least once, not once', async () => {
  const trial = await openTrial()
  const taken: string[] = []
  trial.db.driver.exec("CREATE TRIGGER keep BEFORE DELETE ON outbox BEGIN SELECT RAISE(ABORT, 'not now'); END")
  const outbox = openOutbox({ ...trial, deliver: async ({ subject }) => void taken.push(subject) })
  await outbox.post(message)
  await until(() => taken.length === 1)
  trial.db.driver.exec('DROP TRIGGER keep')
  await outbox.flush(start + minute)
  expect(taken).toHaveLength(1)
  await outbox.flush(start + 3 * minute)
  expect(taken).toHaveLength(2)
  expect(await rowsOf(trial)).toEqual([])
})

describe('a mail server that refuses', () => {
  const refusing = async (at: 'greeting' | 'login' | 'sender' | 'recipient' | 'content', responseCode: number) => {
    let connections = 0
    const refusal = (here: typeof at) =>
      here === at ? Object.assign(new Error('ann@example.com is not welcome'), { responseCode }) : null
    const smtp = new SMTPServer({
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      onConnect: (_session, done) => {
        connections++
        done(refusal('greeting'))
      },
      onAuth: (_auth, _session, done) => {
        const error = refusal('login')
        if (error) done(error)
        else done(null, { user: 'app' })
      },
      onMailFrom: (_address, _session, done) => done(refusal('sender')),
      onRcptTo: (_address, _session, done) => done(refusal('recipient')),
      onData: (stream, _session, done) => {
        stream.resume()
        stream.once('end', () => done(refusal('content')))
      },
    })
    const listening = smtp.listen(0, '127.0.0.1')
    await new Promise<void>((resolve) => listening.once('listening', resolve))
    onTestFinished(() => smtp.close())
    const { port } = listening.address() as AddressInfo
    const trial = await openTrial()
    const deliver = openTransport(`smtp://app:app@127.0.0.1:${port}`, 'Handstamp <no-reply@example.com>', 'unused')
    await openOutbox({ ...trial, deliver }).post(message)
    return { trial, connections: () => connections }
  }

  test.each([
    ['recipient', 550],
    ['content', 554],
  ] as const)('the %s for good is not asked again; the log says so without the address', async (at, responseCode) => {
    const { trial, connections } = await refusing(at, responseCode)
    await vi.waitFor(async () => expect(await rowsOf(trial)).toEqual([]), { timeout: 5000 })
    await new Promise((resolve) => setTimeout(resolve, 800))
    expect(connections()).toBe(1)
    expect(errors.mock.calls).toEqual([[expect.objectContaining({ responseCode }), 'mail refused']])
    expect(JSON.stringify(errors.mock.calls)).not.toContain('ann@')
  })

  test.each([
    ['greeting', 554],
    ['login', 535],
    ['sender', 550],
    ['recipient', 450],
  ] as const)('the %s with what an operator or time can mend (%d) is asked again', async (at, responseCode) => {
    const { trial } = await refusing(at, responseCode)
    await vi.waitFor(async () => expect(await rowsOf(trial)).toMatchObject([{ attempts: 2 }]), { timeout: 5000 })
    expect(errors).not.toHaveBeenCalled()
  })
})

test('ten thousand that wait are enough: one more is tried at once, not kept, and an error is logged', async () => {
  const trial = await openTrial()
  trial.db.driver
    .prepare(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
       INSERT INTO outbox (id, sealed, attempts, created_at, due_at) SELECT i, 'x', 0, ?, ? FROM n`,
    )
    .run(10_000, start, start + minute)
  const taken: string[] = []
  const outbox = openOutbox({ ...trial, deliver: async ({ subject }) => void taken.push(subject) })
  await outbox.post(message)
  await until(() => errors.mock.calls.length === 1)
  expect(taken).toEqual(['Your code'])
  expect(errors.mock.calls).toEqual([[{ waiting: 10_000, delivered: true }, 'mail could not be kept']])
  expect(await rowsOf(trial)).toHaveLength(10_000)
  trial.db.driver.prepare('DELETE FROM outbox WHERE id = 1').run()
  await outbox.post({ ...message, subject: 'Another' })
  await until(() => taken.length === 2)
  expect(errors).toHaveBeenCalledTimes(1)
})

describe('a database that takes nothing', () => {
  test('because it is locked gets the mail a little later, and no error is logged', { timeout: 15_000 }, async () => {
    const trial = await openTrial()
    const other = await joinTrial(trial.dataDir)
    const taken: string[] = []
    other.db.driver.exec('BEGIN IMMEDIATE')
    await openOutbox({ ...trial, deliver: async ({ subject }) => void taken.push(subject) }).post(message)
    expect(await rowsOf(trial)).toEqual([])
    other.db.driver.exec('COMMIT')
    await vi.waitFor(() => expect(taken).toEqual(['Your code']), { timeout: 8000 })
    await vi.waitFor(async () => expect(await rowsOf(trial)).toEqual([]))
    expect(errors).not.toHaveBeenCalled()
  })

  test.each([true, false])('for minutes costs the mail its safety, not its try (mail server up: %s)', async (up) => {
    const trial = await openTrial()
    fakeTimers()
    let tries = 0
    trial.db.driver.exec('ALTER TABLE outbox RENAME TO elsewhere')
    const outbox = openOutbox({
      ...trial,
      deliver: async () => {
        tries++
        if (!up) throw Object.assign(new Error('connect ECONNREFUSED ann@example.com'), { code: 'ESOCKET' })
      },
    })
    await outbox.post(message)
    for (let i = 0; i < 120; i++) {
      await vi.advanceTimersByTimeAsync(second)
      await turns()
    }
    expect([tries, errors.mock.calls.length]).toEqual([0, 0])
    for (let i = 0; i < 120; i++) {
      await vi.advanceTimersByTimeAsync(second)
      await turns()
    }
    await until(() => errors.mock.calls.length === 1)
    expect(tries).toBe(1)
    expect(errors.mock.calls[0]).toEqual([expect.objectContaining({ delivered: up }), 'mail could not be kept'])
    expect(JSON.stringify(errors.mock.calls)).not.toContain('ann@')
  })

  test('holds a thousand mails in memory at most', { timeout: 20_000 }, async () => {
    const trial = await openTrial()
    fakeTimers()
    let tries = 0
    trial.db.driver.exec('ALTER TABLE outbox RENAME TO elsewhere')
    const deliver = async () => void tries++
    const { post } = openOutbox({ ...trial, deliver })
    await Promise.all(Array.from({ length: 1003 }, () => post(message)))
    await until(() => errors.mock.calls.length === 3)
    expect(tries).toBe(3)
  })
})

test('what is asked for beside an answer is stored by the end of that work, however long the mail server is away', async () => {
  const trial = await openTrial()
  const deliver = async () => {
    throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ESOCKET' })
  }
  const context = { ...trial, post: openOutbox({ ...trial, deliver }).post }
  const { user, sid } = await enrol(context, { email: 'ann@example.com' })
  const session = await sessionOf(context, sid)
  const works = [
    () => forgotPassword(context, user.email, ann, start),
    () => askForCode(context, { email: user.email, remember: false }, ann, start),
    () => askForNewEmail(context, { user, session }, 'new@example.com', start),
  ]
  for (const [i, work] of works.entries()) {
    const { mailing } = await work()
    // The answer goes first: a process killed in this moment loses the mail, and whoever waits for it asks again.
    expect(await rowsOf(trial)).toHaveLength(i)
    await mailing
    expect(await rowsOf(trial)).toHaveLength(i + 1)
  }
})

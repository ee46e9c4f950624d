// Mail on its way: kept in the database, sealed, until the mail server has taken it, so that neither an hour without one nor
// a stop of this process loses what is stored. Each is sent at least once: where a process stops, a try runs out of time or
// the database fails between the mail server's yes and the deletion of the row, it is sent again.
import { uuidv7 } from 'uuidv7'
import { elapsed, now as readClock } from '../clock'
import { pauseAfter, storePauses } from '../core/mail-pauses'
import type { Db } from '../db/client'
import { claimMail, deleteMail, type OutboxRow, postponeMail, storeMail } from '../db/outbox'
import { log } from '../log'
import type { Message } from '../mail/message'
import type { Deliver } from '../mail/transport'
import { seal, unseal } from './sealed-key'
import type { Secrets } from './secrets'

/** How long one try may take, milliseconds. The transport's own time-outs are for one silence each and may add up. */
const tryFor = 45_000
/** How long a mail is one sender's, milliseconds: well over a try, so that no other begins while one is under way. */
const claimFor = 120_000
/** Tries under way in this process; as many as the transport has connections. */
const atOnce = 5
/** Rows that wait at most: more is a flood, or a mail server that nobody looks after. */
const waitMost = 10_000
/** Mails in memory at most while the database takes none. */
const heldMost = 1_000
/** Between two looks at what is due, milliseconds. */
const look = 5_000

export type Outbox = {
  /** Resolves when the mail is stored, or else held in memory to be stored soon; never rejects. */
  post: (message: Message) => Promise<void>
  /** Tries what is due, as far as there are hands free; what is left is taken up when one is. */
  flush: (now: number) => Promise<void>
}

type Fault = { fault: string; responseCode?: number }
/** What a log may hold of an error: the mail server's words may quote the address. */
const faultOf = (error: unknown): Fault => {
  if (!(error instanceof Error && 'code' in error)) return { fault: 'unknown' }
  const fault = String(error.code)
  return 'responseCode' in error && typeof error.responseCode === 'number'
    ? { fault, responseCode: error.responseCode }
    : { fault }
}

/**
 * Whether the mail server will never take this mail (RFC 5321 §4.2.1: 5yz). Only what it says of the recipient or the
 * content: a 5yz to the greeting, our login or our sender is the operator's to mend, and the mail waits for that.
 */
const isPermanent = (error: unknown): boolean =>
  error instanceof Error &&
  'command' in error &&
  (error.command === 'RCPT TO' || error.command === 'DATA') &&
  (faultOf(error).responseCode ?? 0) >= 500

const inTime = async (work: Promise<void>): Promise<void> => {
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(Object.assign(new Error('The try took too long'), { code: 'ETIMEDOUT' })), tryFor)
  })
  await Promise.race([work, tooLate]).finally(() => clearTimeout(timer))
}

/** The time from `now` on, whatever happens to the clock meanwhile. */
const runningFrom = (now: number) => {
  const begun = elapsed()
  return () => now + Math.round(elapsed() - begun)
}

type Means = { db: Db; secrets: Pick<Secrets, 'mail'>; deliver: Deliver /** 0 up to 1. */; chance?: () => number }

export const openOutbox = ({ db, secrets, deliver, chance = Math.random }: Means): Outbox => {
  let busy = 0
  let held = 0
  /** The time of somebody who found no hand free. */
  let missed: (() => number) | null = null

  const send = async ({ id, sealed, attempts }: OutboxRow, time: () => number): Promise<void> => {
    try {
      await inTime(unseal(sealed, secrets.mail).then(({ jwk }) => deliver(jwk as Message)))
    } catch (error) {
      if (isPermanent(error)) {
        log().error({ ...faultOf(error), attempts }, 'mail refused')
        return deleteMail(db, id)
      }
      const pause = pauseAfter(attempts, chance())
      log().warn({ ...faultOf(error), attempts, pause }, 'mail delayed')
      const due = time() + pause
      await postponeMail(db, id, due)
      if (pause < look) setTimeout(() => flushLogged(due), pause).unref()
      return
    }
    await deleteMail(db, id)
  }

  const release = (hands: number): void => {
    busy -= hands
    if (hands === 0 || !missed) return
    const time = missed
    missed = null
    void flushLogged(time())
  }

  const flush = async (now: number): Promise<void> => {
    const time = runningFrom(now)
    for (;;) {
      const free = atOnce - busy
      if (free === 0) {
        missed = time
        return
      }
      busy += free
      const rows = await claimMail(db, time(), time() + claimFor, free).catch((error: unknown) => {
        release(free)
        throw error
      })
      release(free - rows.length)
      await Promise.all(rows.map((row) => send(row, time).finally(() => release(1))))
      if (rows.length < free) return
    }
  }
  const flushLogged = (now: number): Promise<void> =>
    flush(now).catch((error: unknown) => log().warn({ err: error }, 'sending put off'))

  /** One try without a safety net: what the mail tells of has happened. */
  const sendUnkept = async (message: Message, why: object): Promise<void> => {
    const outcome = await inTime(deliver(message)).then(
      () => ({ delivered: true }),
      (error: unknown) => ({ delivered: false, ...faultOf(error) }),
    )
    log().error({ ...why, ...outcome }, 'mail could not be kept')
  }

  const hold = (message: Message, row: OutboxRow, tries: number, error: unknown): void => {
    const pause = storePauses[tries]
    if (pause === undefined || held >= heldMost) {
      void sendUnkept(message, { err: error })
      return
    }
    held++
    setTimeout(() => {
      held--
      void keep(message, row, tries + 1)
    }, pause).unref()
  }
  const keep = async (message: Message, row: OutboxRow, tries: number): Promise<void> => {
    try {
      if (await storeMail(db, row, waitMost)) void flushLogged(readClock())
      else void sendUnkept(message, { waiting: waitMost })
    } catch (error) {
      hold(message, row, tries, error)
    }
  }
  const post = async (message: Message): Promise<void> => {
    const now = readClock()
    try {
      const sealed = await seal(message, secrets.mail)
      await keep(message, { id: uuidv7(), sealed, attempts: 0, createdAt: now, dueAt: now }, 0)
    } catch (error) {
      void sendUnkept(message, { err: error })
    }
  }
  return { post, flush }
}

/** Sends what others left behind, now and then, for as long as the process lives. */
export const keepSending = ({ flush }: Outbox): void => {
  const run = () => {
    flush(readClock()).catch((error: unknown) => log().warn({ err: error }, 'sending put off'))
  }
  run()
  setInterval(run, look).unref()
}

// Mail on its way: kept in the database, sealed, until the mail server has taken it, so that neither an hour without one nor
// a stop of this process loses any. No answer waits for the mail server or tells by its time whether there was a mail.
import { uuidv7 } from 'uuidv7'
import { now as readClock } from '../clock'
import type { Db } from '../db/client'
import { claimMail, deleteMail, deleteOldMail, type OutboxRow, postponeMail, storeMail } from '../db/outbox'
import { log } from '../log'
import type { Message } from '../mail/message'
import type { Deliver } from '../mail/transport'
import { seal, unseal } from './sealed-key'
import type { Secrets } from './secrets'

const minute = 60_000
/** Pauses after the first, second … failure; the last one again and again. Milliseconds. */
const pauses = [500, 5_000, 30_000, 2 * minute, 10 * minute]
/** How long delivery is tried, milliseconds. */
const patience = 24 * 60 * minute
/** How long one try may take before another sender may take the mail: longer than any time-out of the transport. */
const claim = minute
const atOnce = 20
/** Between two looks at what is due, milliseconds. */
const look = 5_000

export const pauseAfter = (attempts: number): number => pauses[Math.min(attempts, pauses.length) - 1] ?? 0

export type Outbox = {
  /** Resolves when the mail can't be lost any more; never rejects. */
  post: (message: Message) => Promise<void>
  /** Tries whatever is due. */
  flush: (now: number) => Promise<void>
}

const faultOf = (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : 'unknown')

type Means = { db: Db; secrets: Pick<Secrets, 'mail'>; deliver: Deliver }

export const openOutbox = ({ db, secrets, deliver }: Means): Outbox => {
  const send = async ({ id, sealed, attempts }: OutboxRow, now: number): Promise<void> => {
    try {
      await deliver((await unseal(sealed, secrets.mail)).jwk as Message)
    } catch (error) {
      const pause = pauseAfter(attempts)
      log().warn({ fault: faultOf(error), attempts, pause }, 'mail delayed')
      await postponeMail(db, id, now + pause)
      if (pause < look) setTimeout(() => flushLogged(now + pause), pause).unref()
      return
    }
    await deleteMail(db, id)
  }
  const flush = async (now: number): Promise<void> => {
    for (;;) {
      const rows = await claimMail(db, now, now + claim, atOnce)
      await Promise.all(rows.map((row) => send(row, now)))
      if (rows.length < atOnce) break
    }
    const givenUp = await deleteOldMail(db, now - patience)
    if (givenUp > 0) log().error({ mails: givenUp }, 'mail given up')
  }
  const flushLogged = (now: number): Promise<void> =>
    flush(now).catch((error: unknown) => log().warn({ err: error }, 'sending put off'))
  const post = async (message: Message): Promise<void> => {
    const now = readClock()
    try {
      const row = { id: uuidv7(), sealed: await seal(message, secrets.mail), attempts: 0, createdAt: now, dueAt: now }
      await storeMail(db, row)
    } catch (error) {
      // What it tells of has happened: better one try without a safety net than none.
      log().error({ err: error }, 'mail could not be kept')
      void deliver(message).catch((fault: unknown) => log().error({ fault: faultOf(fault) }, 'mail lost'))
      return
    }
    void flushLogged(now)
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

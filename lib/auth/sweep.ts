// Deletes what has had its time, in small steps, so that no table grows for ever and nobody waits for long.
import { setImmediate as othersTurn } from 'node:timers/promises'
import { now as readClock } from '../clock'
import { freeTries } from '../core/sign-in-delay'
import { deleteOldAuditEvents } from '../db/audit-events'
import { deleteDeparted } from '../db/departures'
import { deleteOldDevices } from '../db/devices'
import { deleteOldEpochs } from '../db/epochs'
import { deleteExpiredLimits } from '../db/limits'
import { deleteExpiredMailedTokens } from '../db/mailed-tokens'
import { deleteOldMail } from '../db/outbox'
import { deleteOldPersonalTokens } from '../db/personal-tokens'
import { deleteOldRotations } from '../db/rotations'
import { deleteOldSessions } from '../db/sessions'
import { deleteOldFailures } from '../db/sign-in-failures'
import { deleteOldDemoUsers } from '../db/users'
import { log } from '../log'
import type { Context } from './context'
import { resealTotp } from './reseal'

const day = 86_400_000
/** Between two sweeps, milliseconds. */
const pause = 10 * 60_000
const batch = 500
/** Each takes along whatever hangs on it. */
const usersAtOnce = 20

/** SQLite answers without leaving the event loop: between two steps others get their turn. @returns how many in all */
const inSteps = async (most: number, step: (most: number) => Promise<number>): Promise<number> => {
  for (let all = 0; ; await othersTurn()) {
    const done = await step(most)
    all += done
    if (done < most) return all
  }
}

export const sweep = async ({ db, env, keys }: Context, now: number): Promise<void> => {
  // Rotates and retires signing keys when it is time, also where nobody comes by.
  await keys(now)
  await inSteps(batch, (most) => deleteExpiredMailedTokens(db, now, most))
  const givenUp = await inSteps(batch, (most) => deleteOldMail(db, now - day, most))
  if (givenUp > 0) log().error({ mails: givenUp }, 'mail given up')
  await inSteps(batch, (most) => deleteExpiredLimits(db, now, most))
  await inSteps(batch, (most) => deleteOldRotations(db, now - 30 * day, most))
  await inSteps(batch, (most) => deleteOldEpochs(db, now - 90 * day, most))
  await inSteps(batch, (most) => deleteOldPersonalTokens(db, now - 30 * day, most))
  await inSteps(batch, (most) => deleteOldDevices(db, now - 400 * day, most))
  // Fewer than make anybody wait; who goes slower than that has four tries a month.
  const few = { upTo: freeTries, before: now - 30 * day }
  await inSteps(batch, (most) => deleteOldFailures(db, few, now - 365 * day, most))
  await inSteps(usersAtOnce, (most) => deleteDeparted(db, now, most))
  await inSteps(usersAtOnce, (most) => deleteOldDemoUsers(db, now - env.ABSOLUTE_TTL * 1000 - day, most))
  await inSteps(batch, (most) => deleteOldSessions(db, now - 30 * day, most))
  await inSteps(batch, (most) => deleteOldAuditEvents(db, now - 365 * day, most))
}

/** Sweeps now and then for as long as the process lives, without keeping it alive. */
export const keepSweeping = (context: Context): void => {
  const run = () => sweep(context, readClock()).catch((error: unknown) => log().warn({ err: error }, 'sweep put off'))
  resealTotp(context).catch((error: unknown) => log().warn({ err: error }, 'sealing anew put off'))
  setInterval(run, pause).unref()
}

// What the settings pages show, each read for whoever is signed in.
import { notFound } from 'next/navigation'
import { clientInWords } from '../auth/agent'
import { enrolmentOf } from '../auth/authenticator'
import { listOwnConnected } from '../auth/connected-accounts'
import { sessionOfLink } from '../auth/disown'
import { listRecentlyEnded, readOwnSession } from '../auth/own-sessions'
import { now as readClock } from '../clock'
import { AppError } from '../core/errors'
import { isFresh } from '../core/session-state'
import type { EndReason } from '../core/verdict'
import { mayRemove } from '../core/ways-in'
import { listAuditEvents } from '../db/audit-events'
import { countRecoveryCodes } from '../db/recovery-codes'
import type { Rotation } from '../db/rotations'
import { hasTotp } from '../db/totp'
import { countWaysIn } from '../db/ways-in'
import { enrolmentPage } from './authenticator-actions'
import { currentContext } from './context'
import { eventInWords, isAlarming } from './event-words'
import { readCursor, type SessionCard, sessionCard, sessionCards } from './own-sessions-view'
import { readDisownToken, readFlash, readFlowEnrolment, readMailedCodes } from './page-flow'
import { requireUser } from './session'
import { readOnce } from './shown-once'
import { offeredProviders } from './ways-in'

const endedMost = 10
const familyMost = 50
const eventsOnPage = 30

export type EndedCard = SessionCard & { endedAt: number; reason: EndReason }

/** @param after cursor of the page before */
export const readSessions = async (after: string | undefined) => {
  const holder = await requireUser()
  const [context, now] = [await currentContext(), readClock()]
  const ended = await listRecentlyEnded(context, holder, endedMost, now)
  return {
    ...(await sessionCards(context, holder, readCursor(after), now)),
    userId: holder.user.id,
    first: readCursor(after) === null,
    ended: ended.map(
      ({ session, endedAt, reason }): EndedCard => ({ ...sessionCard(session, false), endedAt, reason }),
    ),
    now,
  }
}

export type FamilyRow = Omit<Rotation, 'sid'>

/** One session and the family of its refresh tokens; not found for another's. */
export const readSession = async (id: string) => {
  const holder = await requireUser()
  const [context, now] = [await currentContext(), readClock()]
  try {
    const { session, family, ended } = await readOwnSession(context, holder, id, familyMost, now)
    const { generation, confirmed } = session
    const card = sessionCard(session, session.id === holder.session.id)
    return { card, generation, confirmed, family: family as FamilyRow[], ended, userId: holder.user.id, now }
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') notFound()
    throw error
  }
}

/** @param after cursor of the page before */
export const readActivity = async (after: string | undefined) => {
  const { user } = await requireUser()
  const [at, id] = /^([0-9]{1,15})\.([0-9a-f-]{36})$/.exec(after ?? '')?.slice(1) ?? []
  const { db } = await currentContext()
  const cursor = at && id ? { at: Number(at), id } : null
  const events = await listAuditEvents(db, user.id, cursor, eventsOnPage + 1)
  const shown = events.slice(0, eventsOnPage)
  const last = shown.at(-1)
  return {
    events: shown.map((event) => ({
      id: event.id,
      at: event.at,
      what: eventInWords(event.event, event.detail),
      where: clientInWords(event),
      alarming: isAlarming(event.event),
      /** The session it was about, where its page may still be there. */
      sid: event.sid,
    })),
    next: events.length > eventsOnPage && last ? `${last.at}.${last.id}` : null,
    now: readClock(),
  }
}

/** Who changes their password here, and whether they have one. */
export const readSecurity = async () => {
  const { user, session } = await requireUser()
  const { db } = await currentContext()
  const ways = await countWaysIn(db, user.id)
  return {
    email: user.email,
    userId: user.id,
    demo: user.demo,
    fresh: isFresh(session, readClock()),
    /** Whether there is one. */
    password: user.demo || ways.password,
    passkeys: ways.passkeys,
    /** Other than passkeys. */
    otherWays: ways.password || ways.connected > 0,
    /** The password may go. */
    mayRemovePassword: mayRemove(ways, 'password'),
    authenticator: await hasTotp(db, user.id),
    recoveryCodes: await countRecoveryCodes(db, user.id),
  }
}

/** The accounts at other providers of whoever is signed in, and the providers that could be connected. */
export const readConnected = async () => {
  const { user } = await requireUser()
  const own = await listOwnConnected(await currentContext(), { user })
  const offered = offeredProviders()
  return {
    userId: user.id,
    connected: own.map(({ provider, email, lastUsedAt }) => ({
      provider,
      label: offered.find(({ id }) => id === provider)?.label ?? provider,
      email,
      lastUsedAt,
    })),
    others: offered.filter(({ id }) => !own.some(({ provider }) => provider === id)),
    now: readClock(),
  }
}

/** The app that is being added in this browser, or the recovery codes that were made just now. */
export const readEnrolment = async (flash: string | undefined) => {
  const { user } = await requireUser()
  const said = await readFlash(enrolmentPage, flash)
  return {
    userId: user.id,
    codes: (await readOnce(await currentContext(), 'codes', user.id, said, flash))?.split(' ') ?? null,
    enrolment: enrolmentOf(await readFlowEnrolment(), { user }, readClock()),
    errors: said?.errors ?? {},
  }
}

/** Name and address of whoever is signed in, and the new address that waits for its code. */
export const readProfile = async () => {
  const { user } = await requireUser()
  const { mailedChange } = await readMailedCodes()
  return {
    userId: user.id,
    name: user.name,
    email: user.email,
    demo: user.demo,
    waiting: mailedChange?.userId === user.id ? mailedChange.email : null,
  }
}

/** The session that a followed "this wasn't me" link is about; `null` when there is no such link in this browser. */
export const readDisowned = async () => {
  const token = await readDisownToken()
  if (token === undefined) return null
  const now = readClock()
  const found = await sessionOfLink(await currentContext(), token, now)
  return found && { card: sessionCard(found.session, false), over: found.over, now }
}

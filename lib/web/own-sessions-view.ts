// A user's sessions as the list shows them, to programs and to people: only the fields that are listed here.
import { agentOf, networkInWords } from '../auth/agent'
import type { Context } from '../auth/context'
import { truncateAddress } from '../auth/ip-address'
import { type Holder, listOwnSessions } from '../auth/own-sessions'
import type { SessionCursor } from '../db/session-list'
import type { Session } from '../db/sessions'
import { methodsInWords } from './words'

/** Sessions on one page of the list. */
const pageSize = 25

const iso = (milliseconds: number) => new Date(milliseconds).toISOString()

/** As programs see it. Times are ISO 8601, the address is truncated. */
const item = (session: Session, current: boolean) => {
  const { browser, system } = agentOf(session.userAgent)
  return {
    id: session.id,
    current,
    name: session.name,
    browser,
    os: system,
    ip: truncateAddress(session.ip),
    createdAt: iso(session.createdAt),
    lastSeenAt: iso(session.lastSeenAt),
    expiresAt: iso(session.expiresAt),
    amr: session.amr,
  }
}

/** @example '1800000000000.AAECAwQFBgcICQoLDA0ODw' */
const cursorForm = /^([0-9]{1,15})\.([A-Za-z0-9_-]{22})$/

/** Where a page begins; `null` for the first page and for what is no cursor of ours. */
export const readCursor = (text: string | null | undefined): SessionCursor | null => {
  const [, lastSeenAt, id] = cursorForm.exec(text ?? '') ?? []
  return lastSeenAt && id ? { lastSeenAt: Number(lastSeenAt), id } : null
}
const writeCursor = (cursor: SessionCursor | null): string | null => cursor && `${cursor.lastSeenAt}.${cursor.id}`

const listPage = async (context: Context, holder: Holder, after: SessionCursor | null, now: number) => {
  const { others, next, total } = await listOwnSessions(context, holder, { after, most: pageSize }, now)
  return { sessions: after === null ? [holder.session, ...others] : others, next: writeCursor(next), total }
}

export const sessionsPage = async (context: Context, holder: Holder, after: SessionCursor | null, now: number) => {
  const { sessions, next, total } = await listPage(context, holder, after, now)
  return { sessions: sessions.map((session) => item(session, session.id === holder.session.id)), next, total }
}

/** A session as people see it. Times in milliseconds. */
export type SessionCard = {
  id: string
  current: boolean
  /** What its owner calls it, or `null`. */
  name: string | null
  browser: string
  system: string
  from: string
  how: string
  createdAt: number
  lastSeenAt: number
  idleExpiresAt: number
  expiresAt: number
}

export const sessionCard = (session: Session, current: boolean): SessionCard => {
  const { browser, system } = agentOf(session.userAgent)
  const how = `${methodsInWords(session.amr)}${session.remember ? ', kept signed in' : ''}`
  const { id, name, createdAt, lastSeenAt, idleExpiresAt, expiresAt } = session
  const times = { createdAt, lastSeenAt, idleExpiresAt, expiresAt }
  return { id, current, name, browser, system, from: networkInWords(session.ip), how, ...times }
}

/** One page of the list for people. */
export const sessionCards = async (
  context: Context,
  holder: Holder,
  after: SessionCursor | null,
  now: number,
): Promise<{ cards: SessionCard[]; next: string | null; total: number }> => {
  const { sessions, next, total } = await listPage(context, holder, after, now)
  return { cards: sessions.map((session) => sessionCard(session, session.id === holder.session.id)), next, total }
}

// A refresh with its durable write, beside one bare durable transaction on the same table of the same database.
import type { Issued } from '../../lib/auth/issue-session'
import { refreshSession } from '../../lib/auth/refresh'
import { now } from '../../lib/clock'
import { client, enrol, openInstallation } from './installation'
import type { OpenSide } from './side'

/** Each session is refreshed once: a second refresh so soon would be given the same token again, without a write. */
const mostRefreshes = 20_000
const batch = 8
/** At once, as under load: what waits for a connection or for a signature lets another go on. */
const lines = 4

const openCrowd = async (place: Parameters<OpenSide>[0], sessions: number) => {
  const context = await openInstallation(place)
  if (context.db.engine === 'sqlite') context.db.driver.pragma('synchronous = OFF')
  const people: Issued[] = []
  // Not all at once: the app gives up where the database keeps it waiting for a second.
  while (people.length < sessions)
    people.push(...(await Promise.all(Array.from({ length: batch }, () => enrol(context)))))
  if (context.db.engine === 'sqlite') context.db.driver.pragma('synchronous = FULL')
  return { context, people }
}

export const refresh: OpenSide = async (place) => {
  const { context, people } = await openCrowd(place, mostRefreshes)
  let turn = 0
  return {
    lines,
    once: async () => {
      const person = people[turn++]
      if (!person) throw new Error(`More than ${mostRefreshes} refreshes: make more sessions`)
      const refreshed = await refreshSession(context, person.tokens.refresh, client, now())
      if (!refreshed.ok || refreshed.session.generation !== 2) throw new Error('The session was not rotated')
    },
    close: () => context.db.close(),
  }
}

export const bareTransaction: OpenSide = async (place) => {
  const { context, people } = await openCrowd(place, 1000)
  const { db } = context
  let turn = 0
  const next = () => people[turn++ % people.length]?.session.id ?? ''
  const close = () => db.close()
  if (db.engine === 'sqlite') {
    const statement = db.driver.prepare('UPDATE sessions SET generation = generation + 1 WHERE id = ?')
    return { once: () => statement.run(next()), close }
  }
  const text = 'UPDATE sessions SET generation = generation + 1 WHERE id = $1'
  const { driver } = db
  return { lines, once: () => driver.query({ name: 'bare', text, values: [next()] }), close }
}

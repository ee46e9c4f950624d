// People for tests: with an account, signed in, holding cookies.
import { type Carried, readCarried } from '../../core/carriers'
import { findSession, type Session } from '../../db/sessions'
import { createUser, type User } from '../../db/users'
import type { Client, Context } from '../context'
import { prepareSession, type Tokens } from '../issue-session'
import { ann, start, type Trial } from './trial'

/** Long, and in no list. */
export const password = 'violet anchor mumbles softly'

export const noCookies = readCarried(null, false)

/** What a browser sends that holds these tokens. */
export const carrying = ({ access, refresh }: { access?: string; refresh?: string }): Carried =>
  readCarried(
    [access && `handstamp-at=${access}`, refresh && `handstamp-rt=${refresh}`].filter(Boolean).join('; ') || null,
    false,
  )

export type Person = { user: User; sid: string; tokens: Tokens }

type Enrolment = { email?: string; password?: string; demo?: boolean; remember?: boolean; client?: Client; at?: number }
let enrolled = 0

/** A user with a session, as after a sign-up. Without `password` there is none, which is quicker. */
export const enrol = async (context: Context, how: Enrolment = {}): Promise<Person> => {
  const number = String(++enrolled).padStart(12, '0')
  const at = how.at ?? start
  const user: User = {
    id: `01890a5d-ac96-774b-bcce-${number}`,
    email: how.email ?? `person${number}@example.com`,
    name: 'Ann Example',
    roles: ['user'],
    epoch: 0,
    demo: how.demo ?? false,
    createdAt: at,
    disabledAt: null,
  }
  const { session, tokens } = await prepareSession(
    context,
    user,
    { amr: ['pwd'], remember: how.remember ?? false },
    how.client ?? ann,
    at,
  )
  const passwordHash = how.password === undefined ? null : await context.hashing.hash(how.password)
  const made = await createUser(context.db, { user, session, passwordHash, usedToken: null })
  if (!made) throw new Error(`${user.email} has an account already`)
  return { user, sid: session.id, tokens }
}

export const sessionOf = async (context: Context, sid: string): Promise<Session> => {
  const found = await findSession(context.db, sid)
  if (!found) throw new Error(`There is no session ${sid}`)
  return found.session
}

export const disable = ({ db }: Pick<Trial, 'db'>, { user }: Pick<Person, 'user'>, at: number): void => {
  db.driver.prepare('UPDATE users SET disabled_at = ? WHERE id = ?').run(at, user.id)
}

export const raiseEpoch = ({ db }: Pick<Trial, 'db'>, { user }: Pick<Person, 'user'>): void => {
  db.driver.prepare('UPDATE users SET epoch = epoch + 1 WHERE id = ?').run(user.id)
}

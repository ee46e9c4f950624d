// A session and its user as answers show them: only the fields that are listed here. Times are ISO 8601.
import type { AccessClaims } from '../core/claims'
import type { Session } from '../db/sessions'
import type { User } from '../db/users'

const iso = (milliseconds: number) => new Date(milliseconds).toISOString()

export const userView = ({ id, name, email, roles }: User) => ({ id, name, email, roles })

export const sessionView = (session: Pick<Session, 'id' | 'expiresAt' | 'idleExpiresAt' | 'authTime' | 'amr'>) => ({
  id: session.id,
  expiresAt: iso(session.expiresAt),
  idleExpiresAt: iso(session.idleExpiresAt),
  authTime: iso(session.authTime),
  amr: session.amr,
})

export const tokenView = ({ exp }: Pick<AccessClaims, 'exp'>) => ({ expiresAt: iso(exp * 1000) })

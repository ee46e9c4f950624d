// What is left behind for people to read: audit rows and mails.
import { AppError, problemOf } from '../../core/errors'
import type { Message } from '../../mail/message'
import type { Context } from '../context'

export const auditRows = ({ db }: Context) => db.q.select().from(db.t.auditEvents).all()

export const auditNames = (context: Context): string[] => auditRows(context).map(({ event }) => event)

/** The code and the token of a verification mail. */
export const proofsIn = ({ text }: Pick<Message, 'text'>): { code: string; token: string } => {
  const [, code] = /^ {4}([0-9]{6})$/m.exec(text) ?? []
  const [, token] = /\/verify-email\/link\?token=([A-Za-z0-9_-]{43})$/m.exec(text) ?? []
  if (!code || !token) throw new Error('This is no verification mail')
  return { code, token }
}

/** The last of several mails, of which there must be one. */
export const newest = (mails: readonly Message[]): Message => {
  const mail = mails.at(-1)
  if (!mail) throw new Error('There is no mail')
  return mail
}

/** What a use case threw, as the bytes that a program gets to see. */
export const refusalOf = async (attempt: Promise<unknown>): Promise<AppError> => {
  const outcome = await attempt.then(
    () => null,
    (error: unknown) => error,
  )
  if (!(outcome instanceof AppError)) throw new Error(`Expected a refusal, got ${String(outcome)}`)
  return outcome
}

export const bytesOf = ({ code, details }: AppError): string => JSON.stringify(problemOf(code, details))

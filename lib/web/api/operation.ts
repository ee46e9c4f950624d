// One call of the HTTP contract: what it takes, what it answers, by which codes it refuses.
import type { ErrorCode } from '../../core/errors'
import type { SchemaName } from './schemas'

/** `null`: without a body. Otherwise JSON of that schema, unless a media type says that it is text. */
type Answer = { body: SchemaName | null; type?: string }

export type Operation = {
  method: 'GET' | 'POST' | 'DELETE' | 'OPTIONS'
  /** As in lib/core/routes.ts. */
  path: string
  summary: string
  /** Who may call: anybody, a browser with cookies, that or a bearer token, or a personal access token besides cookies. */
  by: 'anybody' | 'cookies' | 'cookies or bearer' | 'cookies or personal token'
  body?: SchemaName
  /** Programs post forms too, and get JSON. Otherwise a form gets a 303 with its message in the flow cookie. */
  alwaysJson?: true
  query?: Readonly<Record<string, string>>
  answers: Readonly<Record<number, Answer>>
  /** Beyond those of every call. */
  refusals?: readonly ErrorCode[]
}

export const json = (body: SchemaName): Answer => ({ body })
export const empty: Answer = { body: null }
export const needsSession = ['unauthenticated'] as const
export const needsProof = [...needsSession, 'reauthentication_required', 'forbidden'] as const

// One row of the lab's table of attacks. Cards, unit tests, the runner and browser tests all go by it.
import type { Reason, TokenReason } from '../../core/verdict'
import type { NaiveName } from './naive'
import type { Smith } from './smith'
import type { Target } from './target'

/** What an attack is shown as: values of the access cookie, and of the Authorization header. */
export type Shown = { cookies: readonly string[]; authorization?: string }

export type Means = {
  target: Target
  attacker: Smith
  /** The lab's own key, which the app does not trust: for tokens in which only one thing is wrong. */
  lab: Smith
  /** Now, since 1970. */
  seconds: number
}

export const groups = {
  signature: 'Forged signatures',
  header: 'Poisoned headers',
  spelling: 'Other spellings',
  claims: 'Wrong claims',
  kinds: 'Wrong kind, wrong place',
} as const

export type Group = keyof typeof groups

export type Attack = {
  id: string
  group: Group
  title: string
  /** What the attacker does, for whoever has never heard of a claim. */
  does: string
  /** How it is made, for engineers. */
  made: string
  make: (means: Means) => Shown | Promise<Shown>
  /** Why the app refuses it, at all four surfaces. */
  code: Reason
  /** Why the same verifier refuses it when it is told to trust the lab's key. */
  labCode?: TokenReason
  naive: NaiveName
  /** RFC and section, or CVE. */
  source: string
  /** The exhaustive test beside the verifier. */
  test: string
}

export const asCookie = (token: string): Shown => ({ cookies: [token] })

/** The claims that an attacker would like to have. */
export const wished = ({ target }: Means): string => JSON.stringify({ ...target.claims, roles: ['admin'] })

/** A header as the app's own tokens have it, with changes. */
export const headerLike = ({ target }: Means, changes: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({ ...target.header, ...changes })

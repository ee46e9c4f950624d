// How long a session still has, on a clock that nobody can set. It takes the time as an argument and knows no browser:
// the server's words are durations, because the browser's own clock may be wrong by a day.

/** What the server says of a session, milliseconds from when it said so. */
export type Word = {
  user: string
  sid: string
  /** Left out where the access token is as young as can be. */
  accessEndsIn?: number
  idleEndsIn: number
  endsIn: number
  /** Left of the time in which the last proof counts as fresh; may be negative. */
  freshFor: number
}

/** How long things live in full, milliseconds. */
export type Lives = { access: number; idle: number }

/** The same as moments on the page's own clock. */
export type Standing = {
  user: string
  sid: string
  accessEnds: number
  idleEnds: number
  ends: number
  freshUntil: number
}

export type SessionAnswer = {
  session: { id: string; expiresAt: string; idleExpiresAt: string; authTime: string }
  user?: { id: string }
  token?: { expiresAt: string }
}

/** @param at milliseconds, when the word was given */
export const standingOf = (word: Word, lives: Lives, at: number): Standing => ({
  user: word.user,
  sid: word.sid,
  accessEnds: at + (word.accessEndsIn ?? lives.access),
  idleEnds: at + word.idleEndsIn,
  ends: at + word.endsIn,
  freshUntil: at + word.freshFor,
})

/** A standing as another tab can take it, whose clock began at another moment. */
export const wordOf = (standing: Standing, at: number): Word => ({
  user: standing.user,
  sid: standing.sid,
  accessEndsIn: standing.accessEnds - at,
  idleEndsIn: standing.idleEnds - at,
  endsIn: standing.ends - at,
  freshFor: standing.freshUntil - at,
})

/**
 * A word from an answer of the server, by the server's own clock.
 * @param served its Date header, whole seconds: taken as the end of that second, so that nothing is thought to last longer
 * @param user whose session it is where the answer does not repeat it
 * @returns `null` for an answer that is not one
 */
export const wordFrom = (
  { session, user: named, token }: SessionAnswer,
  served: string | null,
  fresh: number,
  user: string,
): Word | null => {
  const at = Date.parse(served ?? '') + 999
  const word = {
    user: named?.id ?? user,
    sid: session.id,
    ...(token && { accessEndsIn: Date.parse(token.expiresAt) - at }),
    idleEndsIn: Date.parse(session.idleExpiresAt) - at,
    endsIn: Date.parse(session.expiresAt) - at,
    freshFor: Date.parse(session.authTime) + fresh - at,
  }
  return Number.isNaN(word.idleEndsIn + word.endsIn) ? null : word
}

/** Two words of one session: each of its moments only ever moves on. */
export const later = (a: Standing, b: Standing): Standing => ({
  ...a,
  accessEnds: Math.max(a.accessEnds, b.accessEnds),
  idleEnds: Math.max(a.idleEnds, b.idleEnds),
  ends: Math.max(a.ends, b.ends),
  freshUntil: Math.max(a.freshUntil, b.freshUntil),
})

// What tabs tell each other, and what hearing it means. A message is never believed about who is signed in: it is a
// reason to ask the server.
import { later, type Standing, type Word } from './standing'

export type Message =
  /** My session as the server last described it. */
  | { kind: 'standing'; word: Word }
  /** A sign-out is on its way. */
  | { kind: 'signing-out' }

export type Heard = { do: 'adopt'; standing: Standing } | { do: 'ask' } | { do: 'follow-out' }

/** @param told the message's word, as moments on this tab's clock */
export const hear = (message: Message, mine: Standing, told: (word: Word) => Standing): Heard => {
  if (message.kind === 'signing-out') return { do: 'follow-out' }
  const standing = told(message.word)
  const same = standing.user === mine.user && standing.sid === mine.sid
  return same ? { do: 'adopt', standing: later(mine, standing) } : { do: 'ask' }
}

/**
 * What the server's word means for a page.
 * @param busy something is typed, or a dialog is open
 */
export const meet = (word: Word, mine: Standing, busy: boolean): 'adopt' | 'reload' | 'stranger' => {
  if (word.user !== mine.user) return busy ? 'stranger' : 'reload'
  return word.sid === mine.sid || busy ? 'adopt' : 'reload'
}

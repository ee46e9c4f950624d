// Each claim in words: what it says, who looks at it, and where it is written down.
import type { AccessClaims } from '../core/claims'

type ClaimWords = { title: string; says: string; checked: string; source: string }

export const claimWords: Readonly<Record<keyof AccessClaims, ClaimWords>> = {
  iss: { title: 'Issuer', says: 'Who made this token.', checked: 'Gate and page', source: 'RFC 7519 §4.1.1' },
  aud: { title: 'Audience', says: 'Which app it is for.', checked: 'Gate and page', source: 'RFC 7519 §4.1.3' },
  sub: {
    title: 'Subject',
    says: 'Whose it is: the number of your account, never your name or address.',
    checked: 'Page, against the session’s row',
    source: 'RFC 7519 §4.1.2',
  },
  sid: {
    title: 'Session',
    says: 'Which sign-in it belongs to. Ending that session ends the token.',
    checked: 'Gate, against the list of ended sessions; page, against the row',
    source: 'OpenID Connect Front-Channel Logout §3',
  },
  gen: {
    title: 'Generation',
    says: 'How often the session was renewed. A stolen copy falls behind and is found.',
    checked: 'Page',
    source: 'RFC 9700 §4.14',
  },
  epoch: {
    title: 'Epoch',
    says: 'Raised once, it ends all your sessions together.',
    checked: 'Gate and page',
    source: 'docs/revocations.md',
  },
  jti: {
    title: 'Number',
    says: 'A number that no other token has.',
    checked: 'Nobody: it is for logs',
    source: 'RFC 7519 §4.1.7',
  },
  iat: { title: 'Issued', says: 'When it was made.', checked: 'Gate and page', source: 'RFC 7519 §4.1.6' },
  exp: { title: 'Expires', says: 'Until when it is good.', checked: 'Gate and page', source: 'RFC 7519 §4.1.4' },
  auth_time: {
    title: 'Proof',
    says: 'When you last proved who you are.',
    checked: 'Page; what is sensitive wants a fresh one',
    source: 'OpenID Connect Core §2',
  },
  amr: {
    title: 'Methods',
    says: 'How you proved it: pwd is a password, demo a session that needs none.',
    checked: 'Page',
    source: 'RFC 8176',
  },
  roles: {
    title: 'Roles',
    says: 'What you may act as. For what matters the page asks the database.',
    checked: 'Page',
    source: 'RFC 9068 §2.2.3.1',
  },
  client_id: {
    title: 'Client',
    says: 'Which program asked for it.',
    checked: 'Handlers',
    source: 'RFC 9068 §2.2',
  },
}

/** Ids are shown by their beginning alone: the whole one is nobody's to read over a shoulder. */
const shortened = new Set(['sid', 'jti'])
export const shownClaim = (name: string, value: unknown): unknown =>
  shortened.has(name) ? `${String(value).slice(0, 6)}…` : value

/** What a claim adds to the token's text: its JSON in base64url, characters. */
export const claimBytes = (name: string, value: unknown): number =>
  Math.ceil((JSON.stringify({ [name]: value }).length - 1) * (4 / 3))

// Tokens in which only one claim is wrong, signed by the lab's key: catalogue 2.D. The app does not trust that key and
// refuses them for it; the same verifier, told to trust it, refuses each for its claim.
import type { TokenReason } from '../../core/verdict'
import { type Attack, asCookie, type Means } from './attack'
import type { NaiveName } from './naive'

type Changes = Record<string, unknown>

const row = (
  id: string,
  [title, does]: [title: string, does: string],
  [made, changes]: [made: string, changes: (seconds: number, own: Readonly<Changes>) => Changes],
  labCode: TokenReason,
  naive: NaiveName,
  source: string,
): Attack => ({
  id,
  group: 'claims',
  title,
  does,
  made: `${made}, signed by the lab’s key`,
  make: async ({ lab, target: { claims }, seconds }: Means) => {
    const good = { ...claims, iat: seconds, exp: seconds + 300, auth_time: seconds }
    return asCookie(
      await lab.sign(JSON.stringify(lab.header), JSON.stringify({ ...good, ...changes(seconds, claims) })),
    )
  },
  code: 'unknown_kid',
  labCode,
  naive,
  source,
  test: 'lib/core/token-claims.test.ts',
})

const month = 30 * 86_400

export const claimsAttacks: readonly Attack[] = [
  row(
    'D01-endless',
    ['Without an end', 'Shows a token that does not say when it ends.'],
    ['exp left out', () => ({ exp: undefined })],
    'claims',
    'ignoresExp',
    'RFC 9068 §2.2',
  ),
  row(
    'D02-spent',
    ['Spent', 'Shows a token that ended five minutes ago.'],
    ['iat and exp ten and five minutes ago', (now) => ({ iat: now - 600, exp: now - 300, auth_time: now - 600 })],
    'expired',
    'ignoresExp',
    'RFC 7519 §4.1.4',
  ),
  row(
    'D05-milliseconds',
    [
      'Good for fifty thousand years',
      'Shows a token whose end is given in thousandths of a second: far in the future.',
    ],
    ['exp in milliseconds', (now) => ({ exp: (now + 300) * 1000 })],
    'lifetime',
    'joseAlone',
    'RFC 7519 §2',
  ),
  row(
    'D06-year',
    ['Good for a year', 'Shows a token that would live for a year where we give five minutes.'],
    ['exp a year after iat', (now) => ({ exp: now + 31_536_000 })],
    'lifetime',
    'joseAlone',
    'RFC 6750 §5.3',
  ),
  row(
    'D08-future',
    ['From the future', 'Shows a token that will be made tomorrow.'],
    ['iat a day ahead', (now) => ({ iat: now + 86_400, exp: now + 86_700 })],
    'not_yet_valid',
    'joseAlone',
    'RFC 7519 §4.1.6',
  ),
  row(
    'D10-stale-proof',
    ['Signed in long ago', 'Shows a fresh token for somebody who last proved who they are two months ago.'],
    ['auth_time sixty days ago', (now) => ({ auth_time: now - 2 * month })],
    'auth_time',
    'joseAlone',
    'RFC 9068 §2.2.1',
  ),
  row(
    'D03-fraction',
    ['Until half a second', 'Gives its end with a fraction, which two readers round to two ends.'],
    ['exp with half a second', (now) => ({ exp: now + 300.5 })],
    'claims',
    'joseAlone',
    'RFC 7519 §2',
  ),
  row(
    'D04-endless-number',
    ['Until the largest number', 'Gives an end that is no time any more, only a very large number.'],
    ['exp: 1e308', () => ({ exp: 1e308 })],
    'claims',
    'joseAlone',
    'RFC 7519 §4.1.4',
  ),
  row(
    'D07-not-before',
    ['Not good yet', 'Shows a token too early that says from when it is good.'],
    ['nbf in ten minutes', (now) => ({ nbf: now + 600 })],
    'not_yet_valid',
    'ignoresExp',
    'RFC 7519 §4.1.5',
  ),
  row(
    'D09-undated',
    [
      'Without a date',
      'Shows a token that does not say when it was made, so that no end of sessions can be held against it.',
    ],
    ['iat left out', () => ({ iat: undefined })],
    'claims',
    'ignoresExp',
    'RFC 9068 §2.2',
  ),
  row(
    'D10-unproven',
    ['Without a proof', 'Leaves out when somebody last proved who they are.'],
    ['auth_time left out', () => ({ auth_time: undefined })],
    'claims',
    'joseAlone',
    'RFC 9068 §2.2.1',
  ),
  row(
    'D12-epoch',
    ['A number in quotes', 'Writes a number as a text: larger and smaller mean something else then.'],
    ['epoch: "0"', () => ({ epoch: '0' })],
    'claims',
    'joseAlone',
    'RFC 8725 §2.4',
  ),
  row(
    'D14-issuer-slash',
    [
      'From almost this issuer',
      'Writes a stroke behind the issuer’s address: the same page for a browser, another issuer here.',
    ],
    ['iss with a slash behind', (_, { iss }) => ({ iss: `${iss}/` })],
    'iss',
    'ignoresIss',
    'RFC 9068 §4',
  ),
  row(
    'D15-audience-longer',
    ['For a service with a longer name', 'Names a service whose address begins like ours.'],
    ['aud with .evil.test behind', (_, { aud }) => ({ aud: `${aud}.evil.test` })],
    'aud',
    'ignoresAud',
    'RFC 9068 §4',
  ),
  row(
    'D17-nobody',
    ['About nobody', 'Shows a token that does not say whose it is.'],
    ['sub left out', () => ({ sub: undefined })],
    'claims',
    'joseAlone',
    'RFC 9068 §2.2',
  ),
  row(
    'D18-name',
    ['About “admin”', 'Writes a name where the number of an account belongs.'],
    ['sub: admin', () => ({ sub: 'admin' })],
    'claims',
    'joseAlone',
    'RFC 7519 §4.1.2',
  ),
  row(
    'D20-no-session',
    ['Of no session', 'Shows a token that names no session, so that there is none to end.'],
    ['sid left out', () => ({ sid: undefined })],
    'claims',
    'joseAlone',
    'RFC 9068 §2.2',
  ),
  row(
    'D14-issuer',
    ['From another issuer', 'Shows a token that another service has issued.'],
    ['iss: https://evil.test', () => ({ iss: 'https://evil.test' })],
    'iss',
    'ignoresIss',
    'RFC 8725 §3.8',
  ),
  row(
    'D15-audience',
    ['For another service', 'Shows a token that was made for another service.'],
    ['aud: https://billing.test', () => ({ aud: 'https://billing.test' })],
    'aud',
    'ignoresAud',
    'RFC 8725 §3.9',
  ),
  row(
    'D16-audiences',
    [
      'For several services',
      'Shows a token that is good here and elsewhere, so that one service can use it at another.',
    ],
    ['aud: a list of two', (_, { aud }) => ({ aud: ['https://billing.test', aud] })],
    'aud',
    'joseAlone',
    'RFC 7519 §4.1.3',
  ),
  row(
    'D22-roles',
    [
      'Roles that are no list',
      'Writes one word where a list belongs: looking for “admin” in it finds something either way.',
    ],
    ['roles: "admin"', () => ({ roles: 'admin' })],
    'claims',
    'joseAlone',
    'RFC 9068 §2.2.3.1',
  ),
]

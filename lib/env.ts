// The only reader of process.env. Each setting is typed, has a default that works in local mode, and is refused by name.

import { z } from 'zod'
import { algorithms } from './core/algorithms'
import { decodeBase64url } from './core/base64url'
import type { Expected } from './core/claims'
import { isConnectOrigin } from './core/connect-origin'
import { parseDuration } from './core/duration'
import { AppError } from './core/errors'
import type { KeyRules } from './core/key-life'
import type { OwnHost } from './core/own-host'
import { productName } from './core/product'
import { type Provider, readProviders } from './core/providers'

// Compiling schemas needs `new Function`, which the edge runtime forbids.
z.config({ jitless: true })

const makeSecret = `node -e "console.log(require('crypto').randomBytes(32).toString('base64url'))"`

const isStrongSecret = (text: string): boolean => {
  const bytes = decodeBase64url(text)
  return bytes !== null && bytes.length >= 32 && new Set(bytes).size >= 16
}
const isOrigin = (text: string): boolean => /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text

const isPostgresUrl = (text: string): boolean => /^postgres(ql)?:\/\/./.test(text) && URL.canParse(text)

const secret = () =>
  z.string().refine(isStrongSecret, `must be 32 random bytes in base64url. Make one with: ${makeSecret}`)
const origin = () => z.string().refine(isOrigin, 'must be an origin such as https://app.example.com, without a path')
const whole = (least: number, most: number) => z.coerce.number().int().min(least).max(most)
const duration = (fallback: string) =>
  z
    .string()
    .refine((text) => parseDuration(text) !== null, 'must be a duration such as 30s, 5m, 1h or 14d')
    .transform((text) => parseDuration(text) ?? 0)
    .prefault(fallback)
/** A key is published for two minutes before it signs; a life of less than that would never begin. Seconds. */
const leastKeyRotation = 600
const address = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()])
const listed = (text: string) => text.split(/[\s,]+/).filter((item) => item !== '')
const list = (isItem: (item: string) => boolean, message: string) =>
  z
    .string()
    .refine((text) => listed(text).every(isItem), message)
    .transform(listed)
    .prefault('')
const addresses = () =>
  list((item) => address.safeParse(item).success, 'must be IP addresses or CIDR ranges, comma separated')

const about = (text: string, example = '') => ({ about: text, example })

/** What a token may be for (RFC 8707 §2): an absolute URI without a fragment. */
const isAudience = (text: string): boolean =>
  /^[a-z][a-z0-9+.-]*:[!-~]+$/i.test(text) && URL.canParse(text) && !text.includes('#')
const audiences = () =>
  list(isAudience, 'must be absolute URIs such as https://billing.example.com, comma separated and without fragments')
const connectOrigins = () =>
  list(
    isConnectOrigin,
    'must be exact origins such as https://api.example.com, comma separated: no *, no path, no credentials, and http:// on localhost or 127.0.0.1 only',
  )

const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])
const isLoopbackHost = (hostname: string): boolean => loopback.has(hostname)

/** `https:`, or a service on this machine. The digits that are asked for are appended. */
const isBreachService = (text: string): boolean => {
  if (text === 'off' || text === 'hibp') return true
  if (!/^https?:\/\/[!-~]+\/$/.test(text) || !URL.canParse(text)) return false
  const { protocol, hostname, username, password, search, hash } = new URL(text)
  return username + password + search + hash === '' && (protocol === 'https:' || isLoopbackHost(hostname))
}

/** Every setting in the order of .env.example, which is made from this. */
export const settings = z.object({
  PORT: whole(1, 65_535).default(3000).meta(about('Port to listen on.', '3000')),
  APP_URL: origin()
    .optional()
    .meta(
      about(
        'Origin that people use. On a loopback host this is local mode; elsewhere it must be https.',
        'http://localhost:3000',
      ),
    ),
  AUTH_SECRET: secret().meta(about(`32 random bytes in base64url. Made for you in local mode; else: ${makeSecret}`)),
  AUTH_SECRET_PREVIOUS: secret().optional().meta(about('The secret before this one, while it is being replaced.')),
  DATABASE_URL: z
    .string()
    .refine(isPostgresUrl, 'must be postgres://user:password@host:5432/database, with %40 for an @ in the password')
    .optional()
    .meta(about('postgres://user:password@host:5432/database. Unset: SQLite in DATA_DIR.')),
  DATA_DIR: z.string().default('.data').meta(about('Folder of the SQLite database and the local mailbox.', '.data')),
  MAIL_URL: z
    .string()
    .regex(/^(smtps?:\/\/|file:)./, 'must be smtp://…, smtps://… or file:DIR')
    .optional()
    .meta(
      about(
        'smtp://user:password@host:587, or file:DIR for one .eml each. Unset in local mode: the mailbox at /dev/mail.',
      ),
    ),
  MAIL_FROM: z
    .string()
    .default(`${productName} <no-reply@localhost>`)
    .meta(about('Sender of all mail.', `${productName} <no-reply@localhost>`)),
  JWT_ALG: z
    .enum(algorithms)
    .default('ES256')
    .meta(
      about('Algorithm of access tokens: ES256, EdDSA, RS256, PS256 or HS256. A change signs nobody out.', 'ES256'),
    ),
  TOKEN_ENCRYPTION: z
    .enum(['on', 'off'])
    .default('off')
    .meta(about('on: access tokens are encrypted too, so that nobody reads their claims out of the cookie.', 'off')),
  KEY_ROTATION: duration('30d')
    .refine((seconds) => seconds >= leastKeyRotation, 'must be 10m or longer')
    .meta(about('How long one signing key signs before the next takes over.', '30d')),
  JWT_ISSUER: z.string().optional().meta(about('Issuer (iss) of access tokens. Default: APP_URL.')),
  JWT_AUDIENCE: z.string().optional().meta(about('Audience (aud) of access tokens. Default: APP_URL.')),
  SERVICE_AUDIENCES: audiences().meta(
    about('Services that tokens may be asked for, absolute URIs, comma separated. Default: none.'),
  ),
  CONNECT_ORIGINS: connectOrigins().meta(
    about('Other origins that our pages may call, exact, comma separated (CSP connect-src). Default: none.'),
  ),
  ACCESS_TTL: duration('5m').meta(about('Life of an access token.', '5m')),
  IDLE_TTL: duration('1h').meta(about('A session ends after this time without activity.', '1h')),
  ABSOLUTE_TTL: duration('24h').meta(about('A session ends after this time in any case.', '24h')),
  REMEMBER_IDLE_TTL: duration('14d').meta(about('Idle time of a session with "keep me signed in".', '14d')),
  REMEMBER_ABSOLUTE_TTL: duration('30d').meta(about('Absolute life of a session with "keep me signed in".', '30d')),
  ROTATION_GRACE: duration('30s').meta(about('How long a refresh token may come again after its rotation.', '30s')),
  REVOCATION_POLL: duration('2s').meta(about('How old the edge lets its copy of the revocation list get.', '2s')),
  INTERNAL_ORIGIN: origin()
    .optional()
    .meta(about("Where the gate fetches this app's own public keys. Default: this port on 127.0.0.1.")),
  TRUSTED_PROXIES: addresses().meta(
    about('Addresses or CIDR ranges, comma separated, whose X-Forwarded-For is believed. Default: none.'),
  ),
  PASSWORD_MIN_LENGTH: whole(8, 64)
    .default(15)
    .meta(about('Shortest password (NIST SP 800-63B-4 asks for 15 where it is the only factor).', '15')),
  PASSWORD_BREACH_CHECK: z
    .string()
    .refine(isBreachService, 'must be off, hibp or the https:// address of a range service that ends in /')
    .default('off')
    .meta(
      about(
        'hibp: a new password is looked up in the list of stolen ones at api.pwnedpasswords.com by five digits of its hash; or the address of a service like it. off: nothing leaves.',
        'off',
      ),
    ),
  MAX_SESSIONS: whole(1, 1000)
    .default(50)
    .meta(about('Sessions of one user at a time; one more ends the least recently used.', '50')),
  EMAIL_SIGN_IN: z
    .enum(['on', 'off'])
    .default('on')
    .meta(about('off: nobody signs in by a code in a mail. Whoever reads a mailbox could.', 'on')),
  LAB: z
    .enum(['on', 'off', 'public'])
    .default('on')
    .meta(
      about(
        'The lab at /lab: on for whoever has a session, public for everybody, off for nobody. off also unbuilds it.',
        'on',
      ),
    ),
  UV_THREADPOOL_SIZE: whole(4, 1024)
    .default(4)
    .meta(
      about("Threads of Node's pool; two are never given to passwords. In the environment: a file is too late.", '4'),
    ),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'])
    .default('info')
    .meta(about('debug, info, warn, error or silent.', 'info')),
  TEST_HOOKS: secret()
    .optional()
    .meta(
      about('Never set this but for tests: a secret of 32 random bytes by which they move the clock. Local mode only.'),
    ),
})

type Settings = z.infer<typeof settings>
export type Env = Omit<Settings, 'APP_URL' | 'JWT_ISSUER' | 'JWT_AUDIENCE' | 'INTERNAL_ORIGIN'> & {
  APP_URL: string
  JWT_ISSUER: string
  JWT_AUDIENCE: string
  INTERNAL_ORIGIN: string
  /** APP_URL's host is loopback: mailbox, demo session and made secrets are on. */
  local: boolean
  /** APP_URL is https: cookies are prefixed and Secure. */
  secure: boolean
  development: boolean
  /** Set by our own server: proof that it, and no client, wrote the peer's address into a request. */
  peerToken: string | null
  /** Others that people may sign in with: OIDC_NAME_ISSUER, OIDC_NAME_CLIENT_ID, OIDC_NAME_CLIENT_SECRET. */
  providers: readonly Provider[]
}

/** What a token must say here. */
export const expectedOf = (settings: Env): Expected => ({
  issuer: settings.JWT_ISSUER,
  audience: settings.JWT_AUDIENCE,
  accessTtl: settings.ACCESS_TTL,
  absoluteTtl: Math.max(settings.ABSOLUTE_TTL, settings.REMEMBER_ABSOLUTE_TTL),
})

/** Which keys sign, and for how long. */
export const keyRulesOf = ({ JWT_ALG, KEY_ROTATION, ACCESS_TTL }: Env): KeyRules => ({
  alg: JWT_ALG,
  rotation: KEY_ROTATION * 1000,
  accessTtl: ACCESS_TTL,
})

/** The secrets that may have made what comes in: the present one first. */
export const secretsOf = ({ AUTH_SECRET, AUTH_SECRET_PREVIOUS }: Env): string[] =>
  [AUTH_SECRET, AUTH_SECRET_PREVIOUS].filter((secret) => secret !== undefined)

/** Which host names and origins are ours. */
export const ownHostOf = ({ APP_URL, local }: Env): OwnHost => ({
  app: new URL(APP_URL),
  local,
  isLoopback: isLoopbackHost,
})

const misconfigured = (detail: string) => new AppError('misconfigured', { detail, retryAfter: 30 })

/**
 * Settings from a set of variables; an empty one counts as unset.
 * @throws AppError `misconfigured` whose detail names each wrong variable and says how to mend it, never its value
 */
export const readEnv = (variables: Readonly<Record<string, string | undefined>>): Env => {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''))
  const parsed = settings.safeParse(given)
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => {
      const name = String(path[0])
      return given[name] === undefined ? `${name} is missing. Make one with: ${makeSecret}` : `${name} ${message}`
    })
    throw misconfigured(faults.join('; '))
  }
  const { APP_URL: given_url, JWT_ISSUER, JWT_AUDIENCE, INTERNAL_ORIGIN, ...rest } = parsed.data
  const APP_URL = given_url ?? `http://localhost:${rest.PORT}`
  const { hostname, protocol } = new URL(APP_URL)
  const local = isLoopbackHost(hostname)
  const secure = protocol === 'https:'
  if (!local && !secure) throw misconfigured('APP_URL must be https:// unless its host is localhost')
  if (!local && rest.MAIL_FROM.includes('@localhost'))
    throw misconfigured(
      `MAIL_FROM must be an address that can send mail, such as ${productName} <no-reply@example.com>`,
    )
  // Whoever can move the clock can keep sessions alive that are over.
  if (!local && rest.TEST_HOOKS)
    throw misconfigured('TEST_HOOKS must not be set unless the host of APP_URL is localhost')
  // Whoever can verify under HS256 can also mint: no service may.
  if (rest.JWT_ALG === 'HS256' && rest.SERVICE_AUDIENCES.length > 0)
    throw misconfigured('SERVICE_AUDIENCES must be empty under JWT_ALG=HS256: no service can verify that. Choose ES256')
  if (!local && !rest.MAIL_URL) throw misconfigured('MAIL_URL is missing. Set it to smtp://user:password@host:587')
  const { providers, faults } = readProviders(given, local)
  if (faults.length > 0) throw misconfigured(faults.join('; '))
  return {
    ...rest,
    providers,
    APP_URL,
    JWT_ISSUER: JWT_ISSUER ?? APP_URL,
    JWT_AUDIENCE: JWT_AUDIENCE ?? APP_URL,
    INTERNAL_ORIGIN: INTERNAL_ORIGIN ?? `http://127.0.0.1:${rest.PORT}`,
    local,
    secure,
    development: variables.NODE_ENV === 'development',
    peerToken: variables.HANDSTAMP_PEER_TOKEN ?? null,
  }
}

let read: Env | undefined
/** This process's settings, read once. Call it inside functions: the edge bundle sees process.env only at run time. */
export const env = (): Env => {
  read ??= readEnv(process.env)
  return read
}

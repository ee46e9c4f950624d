// What each call answers: the API description is made from these, and a test holds the running
// app's answers against them.
import { z } from 'zod'
import { secondFactorMethods } from '../../auth/admission'
import { type ErrorCode, refusals } from '../../core/errors'

const time = z.iso.datetime()
const id = z.string()
const methods = z.array(z.string())

export const userAnswer = z.strictObject({ id, name: z.string(), email: z.string(), roles: z.array(z.string()) })
export const sessionAnswer = z.strictObject({
  id,
  expiresAt: time,
  idleExpiresAt: time,
  authTime: time,
  amr: methods,
})
export const signedInAnswer = z.strictObject({
  status: z.literal('signed_in'),
  user: userAnswer,
  session: sessionAnswer,
  evicted: z.int().optional().meta({ description: 'How many sessions MAX_SESSIONS ended to make room for this one.' }),
})
export const admissionAnswer = z.union([
  signedInAnswer,
  z.strictObject({
    status: z.literal('second_factor_required'),
    methods: z.array(z.enum(secondFactorMethods)).meta({ description: 'What the next call may bring.' }),
  }),
])
export const codeSentAnswer = z.strictObject({ status: z.literal('code_sent') })
export const profileAnswer = z.strictObject({ user: userAnswer })
export const emailRestoredAnswer = z.strictObject({ status: z.literal('email_restored') })
export const restoredAnswer = z.strictObject({ status: z.literal('account_restored') })
export const ownDataAnswer = z.looseObject({ exportedAt: time, user: z.looseObject({ id, email: z.string() }) })
export const authorizationAnswer = z.strictObject({
  authorization_url: z
    .url()
    .meta({ description: 'Where the browser goes on. The flow cookie keeps what must come back.' }),
})
export const disconnectedAnswer = z.strictObject({
  status: z.literal('disconnected'),
  user: userAnswer,
  session: sessionAnswer,
})
export const enrolmentAnswer = z.strictObject({
  secret: z.string().meta({ description: 'Base32, for an app without a camera.' }),
  uri: z.string().meta({ description: 'otpauth: link, for the picture.' }),
})
export const recoveryCodesAnswer = z.strictObject({
  codes: z.array(z.string()).meta({ description: 'Shown this once.' }),
})
export const totpRemovedAnswer = z.strictObject({
  status: z.literal('totp_removed'),
  user: userAnswer,
  session: sessionAnswer,
})
export const verificationSentAnswer = z.strictObject({ status: z.literal('verification_sent') })
export const resetSentAnswer = z.strictObject({ status: z.literal('reset_sent') })
export const passwordResetAnswer = z.strictObject({ status: z.literal('password_reset') })
export const refreshedAnswer = z.strictObject({ status: z.literal('refreshed'), session: sessionAnswer })
export const reauthenticatedAnswer = z.strictObject({
  status: z.literal('reauthenticated'),
  user: userAnswer,
  session: sessionAnswer,
})
export const passwordChangedAnswer = z.strictObject({
  status: z.literal('password_changed'),
  user: userAnswer,
  session: sessionAnswer,
})
export const whoAnswer = z.strictObject({
  user: userAnswer,
  session: sessionAnswer.nullable().meta({ description: 'null for a script, which has none.' }),
  token: z.strictObject({ expiresAt: time }),
})
export const listedSessionAnswer = z.strictObject({
  id,
  current: z.boolean(),
  name: z.string().nullable(),
  browser: z.string(),
  os: z.string(),
  ip: z.string().meta({ description: 'Truncated.' }),
  createdAt: time,
  lastSeenAt: time,
  expiresAt: time,
  amr: methods,
})
export const sessionsAnswer = z.strictObject({
  sessions: z.array(listedSessionAnswer),
  next: z.string().nullable().meta({ description: '`after` of the next page.' }),
  total: z.int(),
})
export const endedAnswer = z.strictObject({ ended: z.int() })
export const renamedAnswer = z.strictObject({ status: z.literal('renamed') })
export const disownedAnswer = z.strictObject({ status: z.literal('ended') })

/** RFC 6749 §5.1. */
export const bearerAnswer = z.strictObject({
  access_token: z.string(),
  token_type: z.literal('Bearer'),
  expires_in: z.int().meta({ description: 'Seconds.' }),
})
export const personalTokenAnswer = z.strictObject({
  id,
  name: z.string(),
  audience: z.string(),
  createdAt: time,
  expiresAt: time,
  lastUsedAt: time.nullable(),
})
export const personalTokensAnswer = z.strictObject({
  tokens: z.array(personalTokenAnswer),
  audiences: z.array(z.string()),
})
export const madeTokenAnswer = z.strictObject({
  token: personalTokenAnswer,
  secret: z.string().meta({ description: 'Shown this once.' }),
})

export const liveAnswer = z.strictObject({ status: z.literal('live') })
export const readyAnswer = z.strictObject({ status: z.literal('ready') })
export const notReadyAnswer = z.strictObject({ status: z.literal('not_ready'), missing: z.array(z.string()) })
/** RFC 7517 §5. */
export const jwksAnswer = z.strictObject({
  keys: z.array(z.looseObject({ kty: z.string(), kid: z.string(), alg: z.string(), use: z.literal('sig') })),
})
/** RFC 8414 §2. */
export const metadataAnswer = z.strictObject({
  issuer: z.string(),
  token_endpoint: z.url(),
  jwks_uri: z.url(),
  response_types_supported: z.array(z.string()),
  grant_types_supported: z.array(z.string()),
  token_endpoint_auth_methods_supported: z.array(z.string()),
  revocations_uri: z.url(),
})
export const descriptionAnswer = z.looseObject({ openapi: z.string() })

/** RFC 9457. */
export const problemAnswer = z.strictObject({
  type: z.literal('about:blank'),
  title: z.string(),
  status: z.int(),
  code: z.enum(Object.keys(refusals) as [ErrorCode, ...ErrorCode[]]),
  detail: z.string().optional(),
  reason: z.string().optional().meta({ description: 'Why the session ended.' }),
  errors: z.record(z.string(), z.string()).optional().meta({ description: 'A sentence for each wrong field.' }),
})

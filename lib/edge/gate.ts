// The gate's shell: reads a request, asks lib/core what to do, does it. Everything it cannot decide is refused.
import type { NextRequest, NextResponse } from 'next/server'
import { now } from '../clock'
import { carriesNothing, readCarried, readCarriedByHandler } from '../core/carriers'
import { AppError } from '../core/errors'
import { decideSeen, decideUnseen, type GateDecision, type GateRequest } from '../core/gate'
import { originEvidence, provesSameOrigin } from '../core/origin'
import { answersFor, type OwnHost, ownOrigins } from '../core/own-host'
import { rememberUpTo } from '../core/remembered'
import { speaksJson } from '../core/routes'
import { deriveTokenSeals } from '../core/sealed-token'
import { type Env, env, expectedOf, ownHostOf, secretsOf } from '../env'
import { openKeyringSource } from './keyring-source'
import { type EdgeMemory, lookAt } from './look'
import { passOn, redirectTo, refuse } from './respond'
import { openRevocationSource } from './revocation-source'
import { sharedKeyring } from './shared-keyring'
import { followTestClock } from './test-clock'
import { watch } from './trace'

let memory: Promise<EdgeMemory> | undefined
let ownHost: OwnHost | undefined

const makeMemory = async (settings: Env): Promise<EdgeMemory> => ({
  source: openKeyringSource(settings.INTERNAL_ORIGIN, await sharedKeyring(settings)),
  revoked: openRevocationSource(settings.INTERNAL_ORIGIN, settings.JWT_ISSUER, settings.REVOCATION_POLL),
  remembered: rememberUpTo(10_000),
  expected: {
    ...expectedOf(settings),
    ...(settings.TOKEN_ENCRYPTION === 'on' && { unsealWith: await deriveTokenSeals(secretsOf(settings)) }),
  },
})

const openMemory = (settings: Env): Promise<EdgeMemory> => {
  memory ??= makeMemory(settings)
  return memory
}

const factsOf = (request: NextRequest, own: OwnHost): GateRequest => {
  const header = (name: string) => request.headers.get(name)
  return {
    method: request.method,
    pathname: request.nextUrl.pathname,
    search: request.nextUrl.search,
    contentLength: header('content-length'),
    contentEncoding: header('content-encoding'),
    // Asked of unsafe methods alone.
    get sameOrigin() {
      return provesSameOrigin(originEvidence(request.headers), ownOrigins(header('host'), own))
    },
  }
}

const carryOut = (request: NextRequest, decision: GateDecision, settings: Env, trace?: string): NextResponse => {
  if (decision.do === 'pass') return passOn(request, decision.shared, settings, trace)
  if (decision.do === 'redirect') return redirectTo(request, decision.to, decision.clear, settings)
  return refuse(request, decision.code, decision.allow ? { allow: decision.allow } : {}, settings)
}

const admit = async (request: NextRequest, settings: Env): Promise<NextResponse> => {
  followTestClock(request.headers, settings)
  ownHost ??= ownHostOf(settings)
  const own = ownHost
  if (!answersFor(request.headers.get('host'), request.nextUrl.pathname, own))
    return refuse(request, 'misdirected_request', {}, settings)
  const facts = factsOf(request, own)
  const unseen = decideUnseen(facts, { local: settings.local, lab: settings.LAB })
  if (unseen.do !== 'verify') return carryOut(request, unseen, settings)
  const watcher = unseen.route?.traced ? watch(settings) : undefined
  // Pages are for browsers: whatever an Authorization header says opens none.
  const carried = speaksJson(facts.pathname)
    ? readCarriedByHandler(request.headers, settings.secure)
    : readCarried(request.headers.get('cookie'), settings.secure)
  const look = await lookAt(carried, await openMemory(settings), now(), watcher)
  if (look === 'no_keys') return refuse(request, 'temporarily_unavailable', { retryAfter: 1 }, settings)
  // With no revocation list to go by the edge accepts nothing on its own: Node looks at the row.
  const trace = await watcher?.tell(look)
  if (look === 'undecided') return passOn(request, false, settings, trace)
  const seen = look === 'mixed_identity' ? carriesNothing(look) : carried
  return carryOut(request, decideSeen(facts, unseen.route, seen, look === 'authentic', unseen.open), settings, trace)
}

/** The whole gate. A server that is not set up answers 503 to everything and says which setting is wrong. */
export const gate = async (request: NextRequest): Promise<NextResponse> => {
  try {
    return await admit(request, env())
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const { detail, retryAfter } = error.details
    return refuse(
      request,
      error.code,
      { ...(detail && { detail }), ...(retryAfter && { retryAfter }) },
      { secure: false, development: false, CONNECT_ORIGINS: [] },
    )
  }
}

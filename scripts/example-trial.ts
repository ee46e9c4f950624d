// One app under one algorithm, and the verifiers of examples/ that claim to know it: what each makes of which tokens.
import { setTimeout as sleep } from 'node:timers/promises'
import { launchApp } from '../e2e/fixtures/app'
import { makePerson } from '../e2e/fixtures/person'
import { openRecords } from '../e2e/fixtures/records'
import type { ServiceSettings } from '../e2e/fixtures/service'
import type { Context } from '../lib/auth/context'
import { rotateSigningKey } from '../lib/auth/signing-keys'
import { now } from '../lib/clock'
import { partsOf } from '../lib/core/forging'
import type { PublicJwk } from '../lib/core/jwk'
import { goodClaims, openSigner, type Signer } from '../lib/core/testing/token-forge'
import { raiseAllEpochs, raiseEpoch } from '../lib/db/epochs'
import { endSession } from '../lib/db/sessions'
import { type Example, examples, type Opened, type ServiceAlgorithm } from './example-verifiers'
import { type Ended, type Vector, vectors, vectorsAfterTheEnd } from './vectors'

/** Longer than any copy of the list is gone by, milliseconds. */
const untilListed = 4_000

/** Longer than a process takes the keys of the database as read, milliseconds. */
const untilSigned = 12_000

export type Result = {
  name: string
  alg: ServiceAlgorithm
  version: string
  /** Why it was not asked. */
  skipped: string | null
  judged: number
  right: number
  /** Judged tokens of the old and of the new key rightly. */
  survived: boolean
}

export type Trial = {
  alg: ServiceAlgorithm
  settings: ServiceSettings
  results: Result[]
  /** A good token, and whose it is. */
  makeGood: () => Promise<{ token: string; sub: string }>
  judgeAll: () => Promise<void>
  /** Waits until the next key signs, and shows tokens of both. */
  judgeAfterRotation: () => Promise<void>
  judgeAfterTheEnd: () => Promise<void>
  close: () => Promise<void>
}

/** Signs as the app does, with the key that it signs with now; good for five minutes from each call of `claims`. */
const openLiveSigner = async (records: Context, sub: string, sid: string): Promise<Signer> => {
  const { signing, jwks } = await records.keys(now())
  const jwk = jwks.keys.find(({ kid }) => kid === signing.kid) as PublicJwk
  const { issuer: iss, audience: aud, accessTtl } = records.expected
  const claims = () => {
    const iat = Math.floor(now() / 1000)
    return { ...goodClaims, iss, aud, sub, sid, iat, exp: iat + accessTtl, auth_time: iat - 1 }
  }
  return openSigner(signing.key, jwk, { claims, elsewhere: 'http://127.0.0.1:9' })
}

/** One session ended, and all of one user, as the app ends them. */
const endSome = async (records: Context): Promise<Ended> => {
  const { sid } = await makePerson(records, '10.9.0.1')
  const { user } = await makePerson(records, '10.9.0.2')
  await endSession(records.db, sid, 'signed_out', now())
  await raiseEpoch(records.db, { userId: user.id, from: 0, at: now(), reason: 'others_ended', keep: null, by: null })
  return { sid, sub: user.id }
}

const subOf = (token: string): unknown => JSON.parse(Buffer.from(partsOf(token)[1], 'base64url').toString()).sub

/** @returns whether all of these rows were judged rightly */
const judge = async (
  result: Result,
  opened: Opened,
  signer: Signer,
  ended: Ended,
  rows: readonly Vector[],
): Promise<boolean> => {
  const before = result.judged - result.right
  for (const { name, reason, optional, make } of rows) {
    const token = await make(signer, ended)
    const verdict = await opened.judge(token)
    result.judged++
    const rightReason = verdict.reason === null || verdict.reason === reason
    const right = reason === null ? verdict.ok && verdict.sub === subOf(token) : !verdict.ok && rightReason
    if (right || optional) result.right++
    else
      console.error(
        `${result.name}, ${result.alg}: ${name} should be ${reason ?? 'good'} and is ${JSON.stringify(verdict)}`,
      )
  }
  return result.judged - result.right === before
}

const openExample = async (
  { name, algorithms, open }: Example,
  alg: ServiceAlgorithm,
  settings: ServiceSettings,
  folder: string,
): Promise<{ result: Result; opened: Opened | null }> => {
  const found = algorithms.includes(alg) ? await open(settings, folder) : { skipped: `does not know ${alg}` }
  const skipped = 'skipped' in found ? found.skipped : null
  const opened = 'judge' in found ? found : null
  const result = { name, alg, version: opened?.version ?? '', skipped, judged: 0, right: 0, survived: false }
  return { result, opened }
}

/** Starts the app, has its key rotated, and makes every example ready. @param folder for what is compiled */
export const openExampleTrial = async (alg: ServiceAlgorithm, folder: string): Promise<Trial> => {
  const app = await launchApp({ JWT_ALG: alg, LOG_LEVEL: 'error' })
  const records = await openRecords(app)
  const { issuer, audience } = records.expected
  const wellKnown = `${app.url}/.well-known`
  const settings = { jwks: `${wellKnown}/jwks.json`, issuer, audience, revocations: `${wellKnown}/revocations` }
  // The app makes its first key when it is first asked.
  await fetch(settings.jwks)
  const { user, sid } = await makePerson(records, '10.9.0.3')
  const signer = await openLiveSigner(records, user.id, sid)
  if (signer.jwk.alg !== alg) throw new Error(`The app signs with ${signer.jwk.alg}, not with ${alg}.`)
  const ended = await endSome(records)
  const rotated = await rotateSigningKey(records, now())
  if (!rotated.ok) throw new Error('The app could not rotate its signing key.')
  await sleep(untilListed)
  const all: Awaited<ReturnType<typeof openExample>>[] = []
  for (const example of examples) all.push(await openExample(example, alg, settings, folder))
  const present = all.flatMap(({ result, opened }) => (opened ? [{ result, opened }] : []))
  // Side by side; each has one token at a time.
  const ask = (by: Signer, rows: readonly Vector[]) =>
    Promise.all(present.map(({ result, opened }) => judge(result, opened, by, ended, rows)))
  return {
    alg,
    settings,
    results: all.map(({ result }) => result),
    makeGood: async () => ({ token: await signer.token(), sub: user.id }),
    judgeAll: async () => {
      await ask(signer, vectors)
    },
    judgeAfterRotation: async () => {
      await sleep(Math.max(0, rotated.signsAt + untilSigned - now()))
      const renewed = await openLiveSigner(records, user.id, sid)
      if (renewed.kid === signer.kid) throw new Error('The next key does not sign yet.')
      const good = vectors.filter(({ reason, optional }) => reason === null && !optional)
      const [old, young] = [await ask(signer, good), await ask(renewed, good)]
      for (const [i, { result }] of present.entries()) result.survived = old[i] === true && young[i] === true
    },
    judgeAfterTheEnd: async () => {
      await raiseAllEpochs(records.db, now(), 'admin')
      await sleep(untilListed)
      // Of nobody whose epoch has ended, so that only `nbf_all` tells.
      await ask(await openLiveSigner(records, goodClaims.sub, goodClaims.sid), vectorsAfterTheEnd)
    },
    close: async () => {
      for (const { opened } of all) await opened?.close()
      await records.db.close()
      await app.stop()
    },
  }
}

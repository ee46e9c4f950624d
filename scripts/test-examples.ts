// `npm run test:examples`: every verifier of examples/ whose toolchain is here judges the tokens of docs/verify.md, which
// the running app's own key has signed, before and after a rotation of that key. Needs a build and some four minutes: a
// new key is published for two before it signs.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { launchApp } from '../e2e/fixtures/app'
import { makePerson } from '../e2e/fixtures/person'
import { openRecords } from '../e2e/fixtures/records'
import type { Context } from '../lib/auth/context'
import { rotateSigningKey } from '../lib/auth/signing-keys'
import { now } from '../lib/clock'
import type { PublicJwk } from '../lib/core/jwk'
import { goodClaims, openSigner, type Signer } from '../lib/core/testing/token-forge'
import { raiseAllEpochs, raiseEpoch } from '../lib/db/epochs'
import { endSession } from '../lib/db/sessions'
import { examples, type Opened } from './example-verifiers'
import { pageWithTable } from './vector-table'
import { type Ended, type Vector, vectors, vectorsAfterTheEnd } from './vectors'

/** Longer than any copy of the list is gone by, milliseconds. */
const untilListed = 4_000

/** Longer than a process takes the keys of the database as read, milliseconds. */
const untilSigned = 12_000

type Result = {
  name: string
  version: string
  opened: Opened | null
  judged: number
  right: number
  /** Judged tokens of the old and of the new key rightly. */
  survived: boolean
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
    const verdict = await opened.judge(await make(signer, ended))
    result.judged++
    const expectedReason = verdict.reason === null || verdict.reason === reason || optional
    if ((verdict.ok === (reason === null) && expectedReason) || (optional && verdict.ok)) result.right++
    else console.error(`${result.name}: ${name} should be ${reason ?? 'good'} and is ${JSON.stringify(verdict)}`)
  }
  return result.judged - result.right === before
}

/** Columns as wide as their widest cell. */
const printTable = (rows: readonly (readonly string[])[]): void => {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)))
  for (const row of rows)
    console.log(
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
}

const { page, written } = pageWithTable()
if (page !== written)
  throw new Error('The table in docs/verify.md is out of date. Make it anew: npx tsx scripts/vector-table.ts')
const folder = await mkdtemp(join(tmpdir(), 'handstamp-examples-'))
const app = await launchApp({ LOG_LEVEL: 'error' })
const records = await openRecords(app)
const results: Result[] = []
try {
  const { issuer, audience } = records.expected
  const wellKnown = `${app.url}/.well-known`
  const settings = { jwks: `${wellKnown}/jwks.json`, issuer, audience, revocations: `${wellKnown}/revocations` }
  // The app makes its first key when it is first asked.
  await fetch(settings.jwks)
  const { user, sid } = await makePerson(records, '10.9.0.3')
  const signer = await openLiveSigner(records, user.id, sid)
  const ended = await endSome(records)
  const rotated = await rotateSigningKey(records, now())
  if (!rotated.ok) throw new Error('The app could not rotate its signing key.')
  await sleep(untilListed)

  for (const { name, open } of examples) {
    const opened = await open(settings, folder)
    const found = 'judge' in opened
    const result = {
      name,
      version: found ? opened.version : `skipped: ${opened.skipped}`,
      judged: 0,
      right: 0,
      survived: false,
    }
    results.push({ ...result, opened: found ? opened : null })
  }
  const present = results.flatMap((result) => (result.opened ? [{ result, opened: result.opened }] : []))
  // Side by side; each has one token at a time.
  await Promise.all(present.map(({ result, opened }) => judge(result, opened, signer, ended, vectors)))

  console.log('Waiting until the next key signs.')
  await sleep(Math.max(0, rotated.signsAt - now()) + untilSigned)
  const renewed = await openLiveSigner(records, user.id, sid)
  if (renewed.kid === signer.kid) throw new Error('The next key does not sign yet.')
  const good = vectors.filter(({ reason, optional }) => reason === null && !optional)
  await Promise.all(
    present.map(async ({ result, opened }) => {
      const old = await judge(result, opened, signer, ended, good)
      result.survived = (await judge(result, opened, renewed, ended, good)) && old
    }),
  )

  await raiseAllEpochs(records.db, now(), 'admin')
  await sleep(untilListed)
  // Of nobody whose epoch has ended, so that only `nbf_all` tells.
  const unnamed = await openLiveSigner(records, goodClaims.sub, goodClaims.sid)
  await Promise.all(present.map(({ result, opened }) => judge(result, opened, unnamed, ended, vectorsAfterTheEnd)))
} finally {
  for (const { opened } of results) await opened?.close()
  await records.db.close()
  await app.stop()
  await rm(folder, { recursive: true, force: true })
}

printTable([
  ['example', 'tokens', 'right', 'key rotation', 'with'],
  ...results.map(({ name, version, opened, judged, right, survived }) =>
    opened
      ? [name, String(judged), String(right), survived ? 'survived' : 'NOT survived', version]
      : [name, '-', '-', '-', version],
  ),
])
if (results.some(({ opened, judged, right, survived }) => right !== judged || (opened && !survived)))
  process.exitCode = 1

// `npm run test:examples`: every verifier of examples/ whose toolchain is here judges the tokens of docs/verify.md, which
// the running app's own key has signed. Needs a build.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { launchApp } from '../e2e/fixtures/app'
import { makePerson } from '../e2e/fixtures/person'
import { openRecords } from '../e2e/fixtures/records'
import type { Context } from '../lib/auth/context'
import { now } from '../lib/clock'
import type { PublicJwk } from '../lib/core/jwk'
import { goodClaims, openSigner, type Signer } from '../lib/core/testing/token-forge'
import { raiseAllEpochs, raiseEpoch } from '../lib/db/epochs'
import { endSession } from '../lib/db/sessions'
import { examples, type Opened } from './example-verifiers'
import { type Ended, pageWithTable, type Vector, vectors, vectorsAfterTheEnd } from './vectors'

/** Longer than any copy of the list is gone by, milliseconds. */
const untilListed = 4_000

type Result = { name: string; version: string; opened: Opened | null; judged: number; right: number }

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

const judge = async (result: Result, opened: Opened, signer: Signer, ended: Ended, rows: readonly Vector[]) => {
  for (const { name, reason, optional, make } of rows) {
    const verdict = await opened.judge(await make(signer, ended))
    result.judged++
    const expectedReason = verdict.reason === null || verdict.reason === reason || optional
    if ((verdict.ok === (reason === null) && expectedReason) || (optional && verdict.ok)) result.right++
    else console.error(`${result.name}: ${name} should be ${reason ?? 'good'} and is ${JSON.stringify(verdict)}`)
  }
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
  throw new Error('The table in docs/verify.md is out of date. Make it anew: npx tsx scripts/vectors.ts')
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
  await sleep(untilListed)

  for (const { name, open } of examples) {
    const opened = await open(settings, folder)
    const found = 'judge' in opened
    const result = { name, version: found ? opened.version : `skipped: ${opened.skipped}`, judged: 0, right: 0 }
    results.push({ ...result, opened: found ? opened : null })
  }
  const present = results.flatMap((result) => (result.opened ? [{ result, opened: result.opened }] : []))
  // Side by side; each has one token at a time.
  await Promise.all(present.map(({ result, opened }) => judge(result, opened, signer, ended, vectors)))

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
  ...results.map(({ name, version, opened, judged, right }) =>
    opened ? [name, String(judged), String(right), 'pending', version] : [name, '-', '-', '-', version],
  ),
])
console.log(
  '\nKey rotation is pending: the app cannot rotate its signing keys yet, so no verifier was led through one.',
)
if (results.some(({ judged, right }) => right !== judged)) process.exitCode = 1

// Signing keys: one active for all processes, sealed at rest, openable with the secret before this one.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { compactDecrypt } from 'jose/jwe/compact/decrypt'
import { describe, expect, test } from 'vitest'
import { mintAccessToken } from '../core/mint'
import { expected, goodClaims, now as tokenTime } from '../core/testing/token-forge'
import { verifyAccessToken } from '../core/token'
import { listLiveKeys, storeKey } from '../db/signing-keys'
import { openKeyStore } from './key-store'
import { deriveSecrets } from './secrets'
import { refusalOf } from './testing/records'
import { authSecret, joinTrial, openTrial, otherSecret, second, start } from './testing/trial'

describe('the key store', () => {
  test('makes a key at first need that signs what its own keyring verifies', async () => {
    const { keys } = await openTrial()
    const { signing, keyring } = await keys(start)
    const token = await mintAccessToken(goodClaims, signing)
    expect(await verifyAccessToken(token, keyring, expected, tokenTime)).toMatchObject({ ok: true, kid: signing.kid })
  })

  test('of two processes at once agrees on one active key, and each verifies what the other signs', async () => {
    const { dataDir } = await openTrial()
    const processes = await Promise.all(Array.from({ length: 4 }, () => joinTrial(dataDir)))
    const opened = await Promise.all(processes.map(({ keys }) => keys(start)))
    expect(new Set(opened.map(({ signing }) => signing.kid)).size).toBe(1)
    const tokens = await Promise.all(opened.map(({ signing }) => mintAccessToken(goodClaims, signing)))
    for (const { keyring } of opened) {
      for (const token of tokens)
        expect(await verifyAccessToken(token, keyring, expected, tokenTime)).toMatchObject({ ok: true })
    }
  })

  test('publishes public parts only', async () => {
    const { keys } = await openTrial()
    const { jwks, signing } = await keys(start)
    expect(jwks.keys).toHaveLength(1)
    expect(Object.keys(jwks.keys[0] ?? {}).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y'])
    expect(jwks.keys[0]).toMatchObject({ kid: signing.kid, alg: 'ES256', use: 'sig' })
  })

  test('never lets go of the private key, not even to its own process', async () => {
    const { keys } = await openTrial()
    const { signing } = await keys(start)
    await expect(crypto.subtle.exportKey('jwk', signing.key)).rejects.toThrow()
  })

  test('leaves nothing of the private key readable in any file', async () => {
    const { db, keys, secrets, dataDir } = await openTrial()
    await keys(start)
    const [row] = await listLiveKeys(db)
    const [sealing] = secrets.sealing
    if (!row || !sealing) throw new Error('There is no key')
    const { plaintext } = await compactDecrypt(row.sealedPrivateJwk, sealing)
    const { d }: { d: string } = JSON.parse(new TextDecoder().decode(plaintext))
    expect(d).toHaveLength(43)
    db.driver.pragma('wal_checkpoint(PASSIVE)')
    const files = readdirSync(dataDir).filter((name) => name.startsWith('handstamp.db'))
    const bytes = Buffer.concat(files.map((name) => readFileSync(join(dataDir, name))))
    expect(bytes.includes(row.kid)).toBe(true)
    for (const secret of [d, Buffer.from(d, 'base64url'), '"d":', authSecret])
      expect(bytes.includes(secret)).toBe(false)
  })

  test('reads the database at most every ten seconds', async () => {
    const { db, secrets } = await openTrial()
    const keys = openKeyStore(db, secrets)
    const { signing } = await keys(start)
    db.driver.exec("UPDATE signing_keys SET state = 'retired'")
    expect((await keys(start + 9 * second)).signing.kid).toBe(signing.kid)
    expect((await keys(start + 11 * second)).signing.kid).not.toBe(signing.kid)
  })

  test('drops a first key that another process stored before', async () => {
    const { db, keys } = await openTrial()
    const { signing } = await keys(start)
    const [row] = await listLiveKeys(db)
    if (!row) throw new Error('There is no key')
    await storeKey(db, { ...row, kid: 'another' })
    expect((await listLiveKeys(db)).map(({ kid }) => kid)).toEqual([signing.kid])
  })
})

describe('a key that another AUTH_SECRET sealed', () => {
  test('is refused as a wrong setting that is named, and nothing is made in its place', async () => {
    const { dataDir, db, keys } = await openTrial()
    await keys(start)
    const stranger = await joinTrial(dataDir, { AUTH_SECRET: otherSecret })
    const refusal = await refusalOf(stranger.keys(start))
    expect(refusal.code).toBe('misconfigured')
    expect(refusal.details.detail).toContain('AUTH_SECRET ')
    expect(refusal.details.detail).toContain('AUTH_SECRET_PREVIOUS')
    expect(refusal.details.detail).not.toContain(otherSecret)
    expect(await listLiveKeys(db)).toHaveLength(1)
  })

  test('is opened when that secret is the previous one', async () => {
    const { dataDir, keys } = await openTrial()
    const { signing } = await keys(start)
    const successor = await joinTrial(dataDir, { AUTH_SECRET: otherSecret, AUTH_SECRET_PREVIOUS: authSecret })
    expect((await successor.keys(start)).signing.kid).toBe(signing.kid)
  })

  test('is sealed anew then, so that the secret before can be taken away', async () => {
    const { dataDir, keys } = await openTrial()
    const { signing } = await keys(start)
    const between = await joinTrial(dataDir, { AUTH_SECRET: otherSecret, AUTH_SECRET_PREVIOUS: authSecret })
    await between.keys(start)
    const after = await joinTrial(dataDir, { AUTH_SECRET: otherSecret })
    expect((await after.keys(start)).signing.kid).toBe(signing.kid)
    // A process of the deployment before goes on with the key that it has opened.
    expect((await keys(start + 60 * second)).signing.kid).toBe(signing.kid)
  })

  test('is tried again by the next caller once the setting is mended', async () => {
    const { dataDir, db, keys } = await openTrial()
    await keys(start)
    const wrong = openKeyStore(db, await deriveSecrets(otherSecret, undefined))
    await refusalOf(wrong(start))
    await refusalOf(wrong(start))
    const right = await joinTrial(dataDir)
    expect(await right.keys(start)).toBeDefined()
  })
})

describe('derived secrets', () => {
  test('differ for each purpose and each AUTH_SECRET', async () => {
    const [one, other] = [await deriveSecrets(authSecret, undefined), await deriveSecrets(otherSecret, undefined)]
    const texts = [one, other].flatMap(({ sealing, codes, flow }) => [
      ...sealing.map((key) => Buffer.from(key).toString('base64url')),
      Buffer.from(codes).toString('base64url'),
      ...Object.values(flow),
    ])
    expect(texts).toHaveLength(6)
    expect(new Set(texts).size).toBe(6)
  })

  test('seal flows with the newest secret and open those of the one before', async () => {
    const [before, after] = [await deriveSecrets(otherSecret, undefined), await deriveSecrets(authSecret, otherSecret)]
    expect(after.flow['1']).toBe(before.flow['1'])
    expect(after.flow['2']).toBe((await deriveSecrets(authSecret, undefined)).flow['1'])
    expect(after.refresh).toHaveLength(2)
  })
})

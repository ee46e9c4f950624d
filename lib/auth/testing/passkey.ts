// An authenticator in software: makes ES256 key pairs and signs what real ones sign, or what they never would.
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import type { Assertion, Attestation } from '../passkey-ceremony'
import { userHandleOf } from '../passkey-ceremony'

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest()
const base64url = (data: string | Buffer) => Buffer.from(data).toString('base64url')

/** Bits of the authenticator data's flags (WebAuthn L3 §6.1). */
export const flags = { present: 1, verified: 4, syncable: 8, synced: 16, attested: 64 }

export type Signing = {
  challenge: string
  /** What a browser would write. */
  origin?: string
  rpId?: string
  type?: string
  crossOrigin?: boolean
  flags?: number
  counter?: number
  userHandle?: string | null
}

export type SoftPasskey = {
  id: string
  /** COSE, base64url. */
  publicKey: string
  /** PKCS #8. */
  privateKey: Buffer
  attest: (how: Signing & { format?: 'none' | 'fido-u2f' }) => Attestation
  assert: (how: Signing) => Assertion
}

/** COSE_Key of a P-256 point (RFC 9053 §7.1.1). */
const coseKey = (publicKey: KeyObject): Buffer => {
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const head = Buffer.from('a5010203262001215820', 'hex')
  return Buffer.concat([head, Buffer.from(x, 'base64url'), Buffer.from('225820', 'hex'), Buffer.from(y, 'base64url')])
}

const text = (value: string) => Buffer.concat([Buffer.from([0x60 + value.length]), Buffer.from(value)])
const bytes = (value: Buffer) => Buffer.concat([Buffer.from([0x59, value.length >> 8, value.length & 255]), value])
const uint = (value: number, size: number) => {
  const out = Buffer.alloc(size)
  out.writeUIntBE(value, 0, size)
  return out
}

/** @param userId whose it says that it is @param synced whether it may leave its device */
export const makeSoftPasskey = (
  userId: string,
  { synced = false, origin = 'http://localhost:3000', rpId = 'localhost' } = {},
): SoftPasskey => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const credential = randomBytes(32)
  const id = base64url(credential)
  const usual = flags.present | flags.verified | (synced ? flags.syncable | flags.synced : 0)

  const clientData = (usualType: string, { challenge, type = usualType, crossOrigin = false, ...how }: Signing) =>
    Buffer.from(JSON.stringify({ type, challenge, origin: how.origin ?? origin, crossOrigin }))
  const authData = (how: Signing, extra: Buffer, more = 0) =>
    Buffer.concat([
      sha256(how.rpId ?? rpId),
      Buffer.from([(how.flags ?? usual) | more]),
      uint(how.counter ?? 0, 4),
      extra,
    ])

  return {
    id,
    publicKey: base64url(coseKey(publicKey)),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'der' }),
    attest: ({ format = 'none', ...how }) => {
      const key = Buffer.concat([Buffer.alloc(16), uint(credential.length, 2), credential, coseKey(publicKey)])
      const object = Buffer.concat([
        ...[Buffer.from([0xa3]), text('fmt'), text(format), text('attStmt'), Buffer.from([0xa0])],
        ...[text('authData'), bytes(authData(how, key, flags.attested))],
      ])
      const clientDataJSON = base64url(clientData('webauthn.create', how))
      const response = { clientDataJSON, attestationObject: base64url(object), transports: ['internal' as const] }
      return { id, rawId: id, type: 'public-key', response }
    },
    assert: (how) => {
      const data = clientData('webauthn.get', how)
      const authenticatorData = authData(how, Buffer.alloc(0))
      const signature = sign('sha256', Buffer.concat([authenticatorData, sha256(data)]), privateKey)
      const handle = how.userHandle === undefined ? userHandleOf(userId) : how.userHandle
      const response = {
        clientDataJSON: base64url(data),
        authenticatorData: base64url(authenticatorData),
        signature: base64url(signature),
        ...(handle !== null && { userHandle: handle }),
      }
      return { id, rawId: id, type: 'public-key', response }
    },
  }
}

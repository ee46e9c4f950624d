// What a browser's answers must be to count (WebAuthn L3 §7.1, §7.2). Knows nothing of users: only of keys and bytes.
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { decodeAttestationObject, decodeClientDataJSON } from '@simplewebauthn/server/helpers'
import { productName } from '../core/product'
import type { RelyingParty } from '../core/relying-party'
import type { Passkey, PasskeyUse } from '../db/passkeys'
import type { User } from '../db/users'
import { log } from '../log'
import { challengePatience } from './passkey-challenge'

/** ES256, EdDSA, RS256 (COSE). */
const algorithms = [-7, -8, -257]
const knownTransports = new Set(['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'])

/** What a browser hands over when a passkey was made. */
export type Attestation = Omit<RegistrationResponseJSON, 'clientExtensionResults'>
/** What a browser hands over when a passkey was used. */
export type Assertion = Omit<AuthenticationResponseJSON, 'clientExtensionResults'>

/** Passkeys know their user by this: the bytes of the user's id. */
export const userHandleOf = (userId: string): string => Buffer.from(userId).toString('base64url')

const descriptors = (passkeys: readonly Passkey[]) => passkeys.map(({ id, transports }) => ({ id, transports }))

/** @param known the user's passkeys: no authenticator gets a second one */
export const attestationOptions = (party: RelyingParty, challenge: string, user: User, known: readonly Passkey[]) =>
  generateRegistrationOptions({
    rpName: productName,
    rpID: party.id,
    userName: user.email,
    userDisplayName: user.name,
    userID: new Uint8Array(Buffer.from(user.id)),
    challenge: new Uint8Array(Buffer.from(challenge, 'base64url')),
    timeout: challengePatience,
    attestationType: 'none',
    excludeCredentials: descriptors(known),
    // Found without a user name: only then a browser offers it by itself.
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    supportedAlgorithmIDs: algorithms,
  })

/** @param allowed left out: whichever the person chooses */
export const assertionOptions = (party: RelyingParty, challenge: string, allowed?: readonly Passkey[]) =>
  generateAuthenticationOptions({
    rpID: party.id,
    challenge: new Uint8Array(Buffer.from(challenge, 'base64url')),
    timeout: challengePatience,
    userVerification: 'required',
    ...(allowed && { allowCredentials: descriptors(allowed) }),
  })

/** The library throws at whatever is wrong with what came: all of it is a refusal, and the log has why. */
const orRefused = async <T>(work: () => Promise<T | null>): Promise<T | null> => {
  try {
    return await work()
  } catch (error) {
    log().debug({ err: error }, 'a passkey was refused')
    return null
  }
}

/** A page of another origin around ours is none that we allow. */
const isFramed = (clientDataJSON: string): boolean => decodeClientDataJSON(clientDataJSON).crossOrigin === true

/**
 * We ask for no attestation, and get none or one of the key's own. Certificates are not even looked at: checking one may
 * fetch what it names.
 */
const isPlain = (attestationObject: string): boolean => {
  const decoded = decodeAttestationObject(new Uint8Array(Buffer.from(attestationObject, 'base64url')))
  const format = decoded.get('fmt')
  return format === 'none' || (format === 'packed' && decoded.get('attStmt').get('x5c') === undefined)
}

export type NewKey = Pick<Passkey, 'id' | 'publicKey' | 'counter' | 'transports' | 'backedUp'>

/** @returns the key of a good attestation for this challenge, else `null` */
export const checkAttestation = (
  { id: expectedRPID, origin }: RelyingParty,
  challenge: string,
  attestation: Attestation,
): Promise<NewKey | null> =>
  orRefused(async () => {
    const { attestationObject, clientDataJSON, transports = [] } = attestation.response
    if (isFramed(clientDataJSON) || !isPlain(attestationObject)) return null
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: { ...attestation, clientExtensionResults: {} },
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID,
      requireUserVerification: true,
      supportedAlgorithmIDs: algorithms,
    })
    if (!verified || registrationInfo.credential.id !== attestation.id) return null
    const { credential, credentialBackedUp } = registrationInfo
    return {
      id: credential.id,
      publicKey: Buffer.from(credential.publicKey).toString('base64url'),
      counter: credential.counter,
      transports: transports.filter((transport) => knownTransports.has(transport)),
      backedUp: credentialBackedUp,
    }
  })

/** A use, and whether the key may leave its device (RFC 8176: `swk`) or not (`hwk`). */
export type KeyUse = PasskeyUse & { synced: boolean }

/** @returns the use of a good signature of this key over this challenge, else `null`. Counters are not compared yet. */
export const checkAssertion = (
  { id: expectedRPID, origin }: RelyingParty,
  challenge: string,
  assertion: Assertion,
  { id, publicKey }: Pick<Passkey, 'id' | 'publicKey'>,
): Promise<KeyUse | null> =>
  orRefused(async () => {
    if (isFramed(assertion.response.clientDataJSON)) return null
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: { ...assertion, clientExtensionResults: {} },
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID,
      requireUserVerification: true,
      // The library compares counters before it looks at the signature: anybody could raise the alarm then. With 0 it
      // leaves that to us, after.
      credential: { id, publicKey: new Uint8Array(Buffer.from(publicKey, 'base64url')), counter: 0 },
    })
    if (!verified || assertion.id !== id) return null
    const { newCounter, credentialBackedUp, credentialDeviceType } = authenticationInfo
    return { id, counter: newCounter, backedUp: credentialBackedUp, synced: credentialDeviceType === 'multiDevice' }
  })

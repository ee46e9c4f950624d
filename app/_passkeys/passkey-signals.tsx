'use client'
// Tells the browser which passkeys are still good here, so that it stops offering the others (WebAuthn L3 §5.1.10).
import { useEffect } from 'react'

type Accepted = { rpId: string; userId: string; allAcceptedCredentialIds: string[] }
type Unknown = { rpId: string; credentialId: string }
type Signals = {
  signalAllAcceptedCredentials?: (accepted: Accepted) => Promise<void>
  signalUnknownCredential?: (unknown: Unknown) => Promise<void>
}

type Props = { accepted?: Accepted; unknown?: Unknown }

export const PasskeySignals = ({ accepted, unknown }: Props) => {
  useEffect(() => {
    if (!('PublicKeyCredential' in window)) return
    const browser: Signals = PublicKeyCredential
    // A browser may refuse to listen; nothing depends on it.
    if (accepted) browser.signalAllAcceptedCredentials?.(accepted).catch(() => {})
    if (unknown) browser.signalUnknownCredential?.(unknown).catch(() => {})
  }, [accepted, unknown])
  return null
}

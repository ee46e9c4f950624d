// Makes and uses passkeys with the browser. Loaded when somebody wants to, or a page offers it: it brings a library.
import {
  browserSupportsWebAuthnAutofill,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
  WebAuthnAbortService,
} from '@simplewebauthn/browser'
import { refusalWords } from '../_keeper/prompt'

/** Words for people; empty where they turned away themselves. */
export type Outcome = { made: string; id: string } | { fault: string; code?: string }

const unreachable = 'That did not get through. Nothing was lost: try again in a moment.'

type Asked<Options> = { options: Options } | { fault: string; code?: string }

const ask = async <Options>(path: string, signal?: AbortSignal): Promise<Asked<Options>> => {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
    signal: signal ?? null,
  })
  if (!response.ok) {
    const problem = await response
      .clone()
      .json()
      .catch(() => null)
    return { fault: await refusalWords(response), code: problem?.code }
  }
  const answer = await response.json()
  // A step-up says beside them whether there is a password.
  return { options: answer.options === undefined ? answer : answer.options }
}

const words: Readonly<Record<string, string>> = {
  // Turned away, or waited too long: browsers don't say which.
  NotAllowedError: 'No passkey was used. Try again when you like.',
  InvalidStateError: 'This device has a passkey of yours already.',
  NotSupportedError: 'This device can’t make passkeys that we take.',
  ConstraintError: 'This device can’t check that it is you. Set up a screen lock, or use another one.',
  SecurityError: 'Passkeys don’t work at this address.',
}

const faultOf = (error: unknown): string => {
  const name = error instanceof Error ? error.name : ''
  return name === 'AbortError' ? '' : (words[name] ?? unreachable)
}

const attempt = async <Options>(
  path: string,
  work: (options: Options) => Promise<{ id: string }>,
): Promise<Outcome> => {
  try {
    const asked = await ask<Options>(path)
    if ('fault' in asked) return asked
    const made = await work(asked.options)
    return { made: JSON.stringify(made), id: made.id }
  } catch (error) {
    return { fault: faultOf(error) }
  }
}

/** @param path of the call that gives the options */
export const makePasskey = (path: string): Promise<Outcome> =>
  attempt<PublicKeyCredentialCreationOptionsJSON>(path, async (optionsJSON) => {
    const { id, rawId, type, response } = await startRegistration({ optionsJSON })
    const { clientDataJSON, attestationObject, transports } = response
    return { id, rawId, type, response: { clientDataJSON, attestationObject, transports } }
  })

export const takePasskey = (path: string): Promise<Outcome> =>
  attempt<PublicKeyCredentialRequestOptionsJSON>(path, (optionsJSON) => startAuthentication({ optionsJSON }))

/** A challenge is good for five minutes: before that there is another, milliseconds. */
const renewal = 4 * 60_000

const untilSeen = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (!document.hidden || signal.aborted) return resolve()
    document.addEventListener('visibilitychange', () => resolve(), { once: true, signal })
    signal.addEventListener('abort', () => resolve(), { once: true })
  })

/**
 * Lets the browser offer passkeys where the user name is typed, for as long as the page is there.
 * @param signal ends it @returns what was chosen; `null` when nothing was, or somebody pressed the button instead
 */
export const offerPasskeys = async (path: string, signal: AbortSignal): Promise<Outcome | null> => {
  if (!(await browserSupportsWebAuthnAutofill())) return null
  let renewing = true
  while (renewing && !signal.aborted) {
    renewing = false
    const timers: ReturnType<typeof setTimeout>[] = []
    const stop = () => WebAuthnAbortService.cancelCeremony()
    try {
      const asked = await ask<PublicKeyCredentialRequestOptionsJSON>(path, signal)
      if ('fault' in asked || signal.aborted) return null
      const renew = () => {
        renewing = true
        stop()
      }
      timers.push(setTimeout(renew, renewal))
      signal.addEventListener('abort', stop, { once: true })
      const made = await startAuthentication({ optionsJSON: asked.options, useBrowserAutofill: true })
      return { made: JSON.stringify(made), id: made.id }
    } catch {
      // Nobody asked for anything: whatever went wrong, the form and the button are there.
      if (renewing) await untilSeen(signal)
    } finally {
      timers.forEach(clearTimeout)
      signal.removeEventListener('abort', stop)
    }
  }
  return null
}

'use client'
// Adds a passkey: the browser makes it, and the form brings it. Only there with scripts.
import { type ReactNode, type SubmitEvent, useEffect, useRef, useState } from 'react'
import { buttonVariants } from '../_components/button-variants'

type Props = { userId: string; origin: string; children: ReactNode }

const path = '/settings/security'
const needsProof = new Set(['reauthentication_required', 'unauthenticated'])

/** @param children the fields that the person fills */
export const NewPasskeyForm = ({ userId, origin, children }: Props) => {
  const attestation = useRef<HTMLInputElement>(null)
  const [state, setState] = useState<'absent' | 'elsewhere' | 'ready' | 'busy'>('absent')
  const [fault, setFault] = useState('')
  useEffect(() => {
    setState('PublicKeyCredential' in window && location.origin === origin ? 'ready' : 'elsewhere')
  }, [origin])

  const make = async (event: SubmitEvent<HTMLFormElement>) => {
    const form = event.currentTarget
    event.preventDefault()
    if (state !== 'ready') return
    setState('busy')
    setFault('')
    const outcome = await import('./ceremony')
      .then(({ makePasskey }) => makePasskey('/api/auth/passkeys/options'))
      .catch(() => ({ fault: 'The script for passkeys did not come. Try again.', code: undefined }))
    if ('made' in outcome) {
      if (attestation.current) attestation.current.value = outcome.made
      return form.submit()
    }
    if (outcome.code && needsProof.has(outcome.code)) return location.assign(`/reauthenticate?next=${path}`)
    setFault(outcome.fault)
    setState('ready')
  }

  if (state === 'absent')
    return (
      <noscript>
        <p>Adding a passkey needs scripts: the browser makes it. Your other ways to sign in do without.</p>
      </noscript>
    )
  if (state === 'elsewhere')
    return <p>Passkeys are added in a browser that knows them, at {origin}. This one, or this address, is not that.</p>
  return (
    <form
      method="post"
      action="/api/auth/passkeys"
      noValidate
      data-held=""
      data-fresh=""
      onSubmit={make}
      className="grid gap-4"
    >
      <input type="hidden" name="as" value={userId} />
      <input ref={attestation} type="hidden" name="attestation" />
      {children}
      <button
        type="submit"
        data-slot="button"
        aria-disabled={state === 'busy' || undefined}
        className={buttonVariants({ className: 'justify-self-start' })}
      >
        {state === 'busy' ? 'Waiting for your device…' : 'Add a passkey'}
      </button>
      <p role="alert" className="text-sm font-medium text-destructive empty:hidden">
        {fault}
      </p>
    </form>
  )
}

'use client'
// A form that a passkey fills and sends: to sign in, or to confirm who one is. Its answer is that of any other form.
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import { buttonVariants } from '../_components/button-variants'

type Props = {
  action: string
  /** The call that gives the options. */
  options: string
  /** Passkeys work here only. */
  origin: string
  label: string
  /** What stands in for it without scripts. */
  without: string
  /** The browser may offer passkeys by itself where the user name is typed. */
  offer?: boolean
  children?: ReactNode
}

const fill = (form: HTMLFormElement, values: Readonly<Record<string, string>>) => {
  for (const [name, value] of Object.entries(values)) {
    const input = form.elements.namedItem(name)
    if (input instanceof HTMLInputElement) input.value = value
  }
}

const remembers = () => document.querySelector<HTMLInputElement>('#remember')?.checked ?? false

export const PasskeyForm = ({ action, options, origin, label, without, offer = false, children }: Props) => {
  const form = useRef<HTMLFormElement>(null)
  const [state, setState] = useState<'absent' | 'ready' | 'busy'>('absent')
  const [fault, setFault] = useState('')

  const send = useCallback((made: string, credential: string) => {
    const { current } = form
    if (!current) return
    fill(current, { assertion: made, credential })
    const remember = current.elements.namedItem('remember')
    if (remember instanceof HTMLInputElement) remember.disabled = !remembers()
    setState('busy')
    current.submit()
  }, [])

  const offering = useRef<AbortController>(undefined)
  const begin = useCallback(() => {
    if (!offer) return
    offering.current?.abort()
    const life = new AbortController()
    offering.current = life
    import('./ceremony')
      .then(({ offerPasskeys }) => offerPasskeys(options, life.signal))
      .then((outcome) => outcome && 'made' in outcome && send(outcome.made, outcome.id))
      // Without the script the form and its fields are there.
      .catch(() => {})
  }, [offer, options, send])

  useEffect(() => {
    if (!('PublicKeyCredential' in window) || location.origin !== origin) return
    setState('ready')
    begin()
    const stop = () => offering.current?.abort()
    const again = ({ persisted }: PageTransitionEvent) => {
      if (!persisted) return
      setState('ready')
      begin()
    }
    // A form that is on its way must not be overtaken by the answer of a call.
    addEventListener('submit', stop)
    addEventListener('pagehide', stop)
    addEventListener('pageshow', again)
    return () => {
      stop()
      removeEventListener('submit', stop)
      removeEventListener('pagehide', stop)
      removeEventListener('pageshow', again)
    }
  }, [origin, begin])

  const press = async () => {
    if (state !== 'ready') return
    setState('busy')
    setFault('')
    offering.current?.abort()
    const outcome = await import('./ceremony')
      .then(({ takePasskey }) => takePasskey(options))
      .catch(() => ({ fault: 'The script for passkeys did not come. Try again.' }))
    if ('made' in outcome) return send(outcome.made, outcome.id)
    setFault(outcome.fault)
    setState('ready')
    begin()
  }

  return (
    <>
      <noscript>
        <p className="text-sm text-muted-foreground">{without}</p>
      </noscript>
      <form ref={form} method="post" action={action} hidden={state === 'absent'} className="grid gap-2">
        <input type="hidden" name="assertion" />
        <input type="hidden" name="credential" />
        {children}
        <button
          type="button"
          data-slot="button"
          aria-disabled={state === 'busy' || undefined}
          onClick={press}
          className={buttonVariants({ variant: 'outline', size: 'wide' })}
        >
          {state === 'busy' ? 'Waiting for your passkey…' : label}
        </button>
        <p role="alert" className="text-sm font-medium text-destructive empty:hidden">
          {fault}
        </p>
      </form>
    </>
  )
}

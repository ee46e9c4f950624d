'use client'
// A password input with a button that shows what is typed and a hint about caps lock. Without scripts it is the input alone.
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { EyeIcon } from './icons'
import { inputClass } from './input-class'

type Props = {
  id: string
  name: string
  autoComplete: string
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
}

export const PasswordInput = (props: Props) => {
  const input = useRef<HTMLInputElement>(null)
  const [mounted, setMounted] = useState(false)
  const [shown, setShown] = useState(false)
  const [capsLock, setCapsLock] = useState(false)

  useEffect(() => {
    setMounted(true)
    const form = input.current?.form
    // Browsers remember what is typed into text inputs: hidden again before it is sent.
    const hide = () => {
      if (input.current) input.current.type = 'password'
      setShown(false)
    }
    form?.addEventListener('submit', hide)
    return () => form?.removeEventListener('submit', hide)
  }, [])

  const readCapsLock = (event: KeyboardEvent) => setCapsLock(event.getModifierState('CapsLock'))

  return (
    <div>
      <div className="relative">
        <input
          ref={input}
          data-slot="input"
          type={shown ? 'text' : 'password'}
          required
          spellCheck={false}
          autoCapitalize="none"
          className={`${inputClass} pe-12`}
          onKeyDown={readCapsLock}
          onKeyUp={readCapsLock}
          onBlur={() => setCapsLock(false)}
          {...props}
        />
        {mounted && (
          <button
            type="button"
            aria-label="Show password"
            aria-pressed={shown}
            aria-controls={props.id}
            onClick={() => setShown(!shown)}
            className="absolute inset-y-0 end-0 grid w-11 place-items-center rounded-md text-muted-foreground hover:text-foreground"
          >
            <EyeIcon crossed={shown} />
          </button>
        )}
      </div>
      <p aria-live="polite" className="text-sm text-muted-foreground">
        {capsLock && <span className="mt-1.5 block">Caps lock is on.</span>}
      </p>
    </div>
  )
}

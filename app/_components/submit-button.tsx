'use client'
// A form's submit button that lets the form go once. Without scripts it is a plain submit button.
import { type ReactNode, useEffect, useRef, useState } from 'react'

/** After this time without an answer the form may be sent again, milliseconds. */
const patience = 15_000

type Props = { className: string; busy: string; children: ReactNode }

/** @param busy what it says while the answer is on its way */
export const SubmitButton = ({ className, busy, children }: Props) => {
  const button = useRef<HTMLButtonElement>(null)
  const [sent, setSent] = useState(false)

  useEffect(() => {
    const form = button.current?.form
    let going = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const release = () => {
      clearTimeout(timer)
      going = false
      setSent(false)
    }
    const guard = (event: SubmitEvent) => {
      if (going) return event.preventDefault()
      going = true
      setSent(true)
      timer = setTimeout(release, patience)
    }
    form?.addEventListener('submit', guard)
    // The back button may bring this page as it was left.
    addEventListener('pageshow', release)
    return () => {
      clearTimeout(timer)
      form?.removeEventListener('submit', guard)
      removeEventListener('pageshow', release)
    }
  }, [])

  return (
    <button ref={button} data-slot="button" type="submit" aria-disabled={sent || undefined} className={className}>
      {sent ? busy : children}
    </button>
  )
}

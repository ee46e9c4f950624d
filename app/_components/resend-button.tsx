'use client'
// Asks for another code, and waits out the minute between two mails. Without scripts the server says how long to wait.
import { type ReactNode, useEffect, useState } from 'react'
import { now } from '@/lib/clock'

const pause = 60_000
const remembered = (key: string): number => Number(sessionStorage.getItem(key)) || 0

type Props = {
  /** Where the form goes. */
  action: string
  label: string
  className: string
  justSent: boolean
  /** Hidden fields. */
  children?: ReactNode
}

/** @param justSent a mail has just gone out, so the minute starts now; else it goes on from where it was */
export const ResendButton = ({ action, label, className, justSent, children }: Props) => {
  const [left, setLeft] = useState(0)

  useEffect(() => {
    const key = `resend-after ${action}`
    const until = justSent ? now() + pause : remembered(key)
    sessionStorage.setItem(key, String(until))
    const tick = () => setLeft(Math.max(0, Math.ceil((until - now()) / 1000)))
    tick()
    const timer = setInterval(tick, 1000)
    return () => clearInterval(timer)
  }, [action, justSent])

  return (
    <form method="post" action={action} className="grid gap-1.5">
      {children}
      <button data-slot="button" type="submit" disabled={left > 0} className={className}>
        {label}
      </button>
      <p className="text-sm text-muted-foreground">
        {left > 0 ? `You can ask for another one in ${left} s.` : 'Nothing there? Look in the spam folder first.'}
      </p>
    </form>
  )
}

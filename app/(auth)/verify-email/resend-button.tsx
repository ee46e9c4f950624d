'use client'
// Asks for another code, and waits out the minute between two mails. Without scripts the server says how long to wait.
import { useEffect, useState } from 'react'
import { now } from '@/lib/clock'

const pause = 60_000
const storageKey = 'resend-after'

const remembered = (): number => Number(sessionStorage.getItem(storageKey)) || 0

/** @param justSent a mail has just gone out, so the minute starts now; else it goes on from where it was */
export const ResendButton = ({ className, justSent }: { className: string; justSent: boolean }) => {
  const [left, setLeft] = useState(0)

  useEffect(() => {
    const until = justSent ? now() + pause : remembered()
    sessionStorage.setItem(storageKey, String(until))
    const tick = () => setLeft(Math.max(0, Math.ceil((until - now()) / 1000)))
    tick()
    const timer = setInterval(tick, 1000)
    return () => clearInterval(timer)
  }, [justSent])

  return (
    <form method="post" action="/api/auth/verify-email/resend" className="grid gap-1.5">
      <button data-slot="button" type="submit" disabled={left > 0} className={className}>
        Send another mail
      </button>
      <p className="text-sm text-muted-foreground">
        {left > 0 ? `You can ask for another mail in ${left} s.` : 'Nothing there? Look in the spam folder first.'}
      </p>
    </form>
  )
}

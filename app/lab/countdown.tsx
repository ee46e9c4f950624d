'use client'
// Seconds that go down to nought. Without scripts it is the number that the server wrote.
import { useEffect, useState } from 'react'
import { elapsed } from '@/lib/clock'

/** @param seconds that were left when the page was made */
export const Countdown = ({ seconds }: { seconds: number }) => {
  const [left, setLeft] = useState(seconds)
  useEffect(() => {
    const began = elapsed()
    const timer = setInterval(() => setLeft(Math.max(0, seconds - Math.floor((elapsed() - began) / 1000))), 1000)
    return () => clearInterval(timer)
  }, [seconds])
  return <span role="timer">{left}</span>
}

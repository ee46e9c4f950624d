'use client'
// Copies what another element says. Only there with scripts; without them a click on the text selects all of it.
import { useEffect, useState } from 'react'
import { buttonVariants } from './button-variants'

type Copied = 'no' | 'yes' | 'refused'

const words: Readonly<Record<Copied, string>> = {
  no: 'Copy',
  yes: 'Copied',
  refused: 'Select it and copy it by hand: this browser does not let a page do it.',
}

/** @param from id of the element whose text is copied @param what names it for whoever can't see what stands beside it */
export const CopyButton = ({ from, what }: { from: string; what: string }) => {
  const [ready, setReady] = useState(false)
  const [copied, setCopied] = useState<Copied>('no')
  useEffect(() => setReady(true), [])
  if (!ready) return null
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(document.getElementById(from)?.textContent ?? '')
      setCopied('yes')
    } catch {
      setCopied('refused')
    }
  }
  return (
    <button type="button" className={`${buttonVariants({ variant: 'outline' })} justify-self-start`} onClick={copy}>
      <span aria-live="polite">{words[copied]}</span>
      <span className="sr-only"> {what}</span>
    </button>
  )
}

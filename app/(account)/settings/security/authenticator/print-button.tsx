'use client'
// Prints the page. Only there with scripts; without them the browser's own menu does it.
import { useEffect, useState } from 'react'
import { buttonVariants } from '../../../../_components/button-variants'

export const PrintButton = () => {
  const [ready, setReady] = useState(false)
  useEffect(() => setReady(true), [])
  if (!ready) return null
  return (
    <button type="button" className={buttonVariants({ variant: 'outline' })} onClick={() => print()}>
      Print
    </button>
  )
}

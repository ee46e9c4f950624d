'use client'
// Where the theme form leads back to. Rendered on the server too, so it works without scripts.
import { usePathname, useSearchParams } from 'next/navigation'

export const ReturnHere = () => {
  const path = usePathname()
  const query = useSearchParams().toString()
  return <input type="hidden" name="next" value={query === '' ? path : `${path}?${query}`} />
}

// The frame of the pages inside: what just happened comes first, whichever page it led to.
import type { ReactNode } from 'react'
import { readFlashHere } from '@/lib/web/page-flow'
import { FlashMessage } from '../_components/flash-message'

const AccountLayout = async ({ children }: { children: ReactNode }) => {
  const flash = await readFlashHere()
  return (
    <main
      id="main"
      tabIndex={-1}
      className="mx-auto grid w-full max-w-5xl grid-cols-1 content-start gap-8 px-4 py-8 outline-none has-data-[slot=narrow-page]:max-w-md has-data-[slot=narrow-page]:gap-5 sm:not-has-data-[slot=narrow-page]:px-6 sm:py-12"
    >
      <FlashMessage flash={flash} fields={Object.keys(flash?.errors ?? {})} />
      {children}
    </main>
  )
}

export default AccountLayout

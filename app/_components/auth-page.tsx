// The shape of the pages on the way in.
import type { ComponentProps } from 'react'
import { NarrowPage } from './narrow-page'

export const AuthPage = (props: ComponentProps<typeof NarrowPage>) => (
  <main
    id="main"
    tabIndex={-1}
    className="mx-auto grid w-full max-w-md content-start gap-5 px-4 py-8 outline-none sm:py-14"
  >
    <NarrowPage {...props} />
  </main>
)

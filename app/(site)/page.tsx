// The landing page: what this is, a picture of the path, and the ways in.
import { productName } from '@/lib/core/product'
import { readFlash } from '@/lib/web/page-flow'
import { ButtonLink } from '../_components/button'
import { DemoForm } from '../_components/demo-form'
import { FlashMessage } from '../_components/flash-message'
import { knownSession } from '../_components/known-session'
import { type SearchParams, single } from '../_components/search-params'
import { Imprint } from './imprint'
import { PathPicture } from './path-picture'
import { Promises } from './promises'

const WaysIn = () => (
  <>
    <DemoForm look="default" size="lg" />
    <ButtonLink href="/sign-up" variant="outline" size="lg">
      Sign up
    </ButtonLink>
    <ButtonLink href="/sign-in" variant="ghost" size="lg">
      Sign in
    </ButtonLink>
  </>
)

const LandingPage = async ({ searchParams }: { searchParams: SearchParams }) => {
  const session = await knownSession()
  const flash = await readFlash('/', single((await searchParams).flash))
  return (
    <main
      id="main"
      tabIndex={-1}
      className="mx-auto grid w-full max-w-5xl content-start gap-14 px-4 py-10 outline-none sm:px-6 sm:py-16"
    >
      <FlashMessage flash={flash} fields={[]} />
      <div className="flex items-center justify-between gap-8">
        <div className="grid max-w-2xl gap-5">
          <h1 className="text-4xl font-semibold tracking-tight text-balance sm:text-5xl">
            Sessions you can see, prove and revoke
          </h1>
          <p className="text-lg text-pretty text-muted-foreground">
            {productName} is JWT sessions for Next.js: stamped once at the door, checked at every door after.
          </p>
          <div className="mt-1 flex flex-col gap-3 sm:flex-row sm:flex-wrap">
            {session ? (
              <ButtonLink href="/dashboard" size="lg">
                Open your dashboard
              </ButtonLink>
            ) : (
              <WaysIn />
            )}
          </div>
        </div>
        <Imprint />
      </div>
      <section aria-labelledby="path" className="grid gap-5">
        <h2 id="path" className="text-2xl font-semibold tracking-tight">
          The path of one request
        </h2>
        <PathPicture />
      </section>
      <Promises />
    </main>
  )
}

export default LandingPage

// The head of every page: the way home, the theme, and the way in or out.
import { productName } from '@/lib/core/product'
import { hasLab } from '@/lib/web/lab-mode'
import { Button, ButtonLink } from './button'
import { knownSession } from './known-session'
import { Mark } from './mark'
import { type Theme, ThemeSwitch } from './theme-switch'

const Inside = () => (
  <>
    <ButtonLink href="/dashboard" variant="ghost" className="hidden sm:inline-flex">
      Dashboard
    </ButtonLink>
    {hasLab() && (
      <ButtonLink href="/lab" variant="ghost" className="hidden sm:inline-flex">
        Lab
      </ButtonLink>
    )}
    <ButtonLink href="/settings/sessions" variant="ghost" className="px-3 sm:px-4">
      Sessions
    </ButtonLink>
    <form method="post" action="/api/auth/sign-out">
      <Button variant="outline" className="px-3 sm:px-4">
        Sign out
      </Button>
    </form>
  </>
)

const Outside = () => (
  <>
    <ButtonLink href="/sign-in" variant="ghost" className="px-3 sm:px-4">
      Sign in
    </ButtonLink>
    <ButtonLink href="/sign-up" variant="outline" className="hidden sm:inline-flex">
      Sign up
    </ButtonLink>
  </>
)

export const SiteHeader = async ({ theme }: { theme: Theme }) => {
  const session = await knownSession()
  return (
    <header
      data-slot="site-header"
      className="mx-auto flex w-full max-w-5xl items-center justify-between gap-2 px-4 py-3 sm:px-6"
    >
      <a href="/" className="inline-flex min-h-11 items-center gap-2 rounded-md text-lg font-semibold tracking-tight">
        <Mark />
        {/* A narrow phone has room for the mark alone beside what one does inside. */}
        <span className={session ? 'max-[26rem]:sr-only' : undefined}>{productName}</span>
      </a>
      <nav aria-label="Main" className="flex items-center gap-1 sm:gap-2">
        <ThemeSwitch theme={theme} />
        {session ? <Inside /> : <Outside />}
      </nav>
    </header>
  )
}

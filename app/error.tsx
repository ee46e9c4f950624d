'use client'
// What people see when a page failed: that nothing is lost, an id to quote, and a way to try again.
// Every page loads this: it keeps clear of Button, which would bring tailwind-merge along.
import { buttonVariants } from './_components/button-variants'
import { NoticePage } from './_components/notice-page'

const ErrorPage = ({ error }: { error: Error & { digest?: string } }) => (
  <NoticePage
    title="This page could not be shown"
    actions={
      <>
        <button type="button" className={buttonVariants()} onClick={() => window.location.reload()}>
          Try again
        </button>
        <a href="/" className={buttonVariants({ variant: 'outline' })}>
          Go to the start page
        </a>
      </>
    }
  >
    <p>Something went wrong on our side. You are still signed in if you were, and nothing was changed.</p>
    {error.digest && (
      <p>
        If it happens again, tell us this id: <code className="font-mono text-foreground">{error.digest}</code>
      </p>
    )}
  </NoticePage>
)

export default ErrorPage

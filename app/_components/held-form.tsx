// A form of somebody who is signed in. It says whose page it was on, so that a submission that comes when the session has
// ended can be kept, and goes through once for nobody else.
import type { ReactNode } from 'react'

type Props = {
  action: string
  /** Id of the user whom the page was made for. */
  as: string
  /** The change needs a proof within the last ten minutes. */
  fresh?: boolean
  className?: string
  children: ReactNode
}

/** `data-held` and `data-fresh` are for the keeper in the browser: it asks before the form goes off in vain. */
export const HeldForm = ({ action, as, fresh = false, className, children }: Props) => (
  <form method="post" action={action} noValidate data-held="" data-fresh={fresh ? '' : undefined} className={className}>
    <input type="hidden" name="as" value={as} />
    {children}
  </form>
)

// In place of the password form, for somebody who has no password.
import { ButtonLink } from '../../../_components/button'
import { Card } from '../../../_components/card'

export const DemoSecurity = () => (
  <Card className="grid max-w-xl justify-items-start gap-4 sm:p-6">
    <h2 className="text-xl font-semibold tracking-tight">No password here</h2>
    <p>
      This is a demo session. Its user was made with one press, has no address and no password, and is thrown away
      later. Sign up to have an account with a password that you can change here.
    </p>
    <ButtonLink href="/sign-up">Sign up</ButtonLink>
  </Card>
)

// What a screen of the lab says to somebody without a session: how to get one, and that it comes back here.
import { ButtonLink } from '../_components/button'
import { DemoForm } from '../_components/demo-form'

export const Stranger = ({ path }: { path: string }) => (
  <div className="grid justify-items-start gap-4 rounded-xl border bg-muted p-5 sm:p-6">
    <p className="max-w-prose">
      You have no session here, so there is no token of yours to look at. It takes one click.
    </p>
    <div className="flex flex-wrap gap-3">
      <DemoForm look="default" next={path} />
      <ButtonLink href={`/sign-in?next=${encodeURIComponent(path)}`} variant="outline">
        Sign in
      </ButtonLink>
    </div>
  </div>
)

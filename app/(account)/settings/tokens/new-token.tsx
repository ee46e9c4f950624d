// A token that was made just now: the one time that it is shown.
import { Card } from '../../../_components/card'
import { CopyButton } from '../../../_components/copy-button'

export const NewToken = ({ secret }: { secret: string }) => (
  <section aria-labelledby="new-token">
    <Card className="grid max-w-xl gap-3 border-primary sm:p-6">
      <h2 id="new-token" className="text-xl font-semibold tracking-tight">
        Copy your new token now
      </h2>
      <p className="text-muted-foreground">
        It is shown this once and we keep no copy. Put it where your script keeps its secrets.
      </p>
      <code
        id="secret"
        data-slot="secret"
        className="block rounded-md border bg-muted p-3 font-mono text-sm break-all select-all"
      >
        {secret}
      </code>
      <CopyButton from="secret" what="the token" />
    </Card>
  </section>
)

// The secret as a picture to scan, as text to copy and as a link to press, and the field for the first code.
import { encode } from 'uqr'
import { buttonVariants } from '../../../../_components/button-variants'
import { Card } from '../../../../_components/card'
import { CopyButton } from '../../../../_components/copy-button'
import { TextField } from '../../../../_components/field'
import { HeldForm } from '../../../../_components/held-form'
import { SubmitButton } from '../../../../_components/submit-button'

/** Dark on light in both themes: not every camera reads the other way round. */
const Picture = ({ text }: { text: string }) => {
  const { size, data } = encode(text, { ecc: 'M', border: 4 })
  const modules = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : [])))
  return (
    <svg
      role="img"
      aria-label="QR code with the secret for your authenticator app. The same secret is below as text."
      viewBox={`0 0 ${size} ${size}`}
      className="w-full max-w-60 rounded-lg border bg-white"
    >
      <path d={modules.join('')} fill="#000" shapeRendering="crispEdges" />
    </svg>
  )
}

type Props = { userId: string; secret: string; uri: string; error?: string }

export const EnrolmentForm = ({ userId, secret, uri, error }: Props) => (
  <Card className="grid max-w-xl gap-5 sm:p-6">
    <p>Scan the picture with your authenticator app.</p>
    <Picture text={uri} />
    <div className="grid gap-2">
      <p>
        On this phone:{' '}
        <a href={uri} className="font-medium underline underline-offset-4">
          open it in the app
        </a>
        . Or enter the secret by hand:
      </p>
      <code
        id="secret"
        data-slot="secret"
        className="block rounded-md border bg-muted p-3 font-mono break-all select-all"
      >
        {secret.replace(/(.{4})(?!$)/g, '$1 ')}
      </code>
      <CopyButton from="secret" what="the secret" />
    </div>
    <HeldForm action="/api/auth/totp/confirm" as={userId} fresh className="grid gap-5">
      <TextField
        id="code"
        label="Code"
        hint="The six digits that the app shows now."
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={16}
        error={error}
        className="font-mono text-xl tracking-[0.2em]"
      />
      <SubmitButton className={buttonVariants({ className: 'justify-self-start' })} busy="Checking…">
        Turn it on
      </SubmitButton>
    </HeldForm>
    <p className="text-sm text-muted-foreground">
      Turning it on ends all your other sessions. If you leave this page, nothing is changed.
    </p>
  </Card>
)

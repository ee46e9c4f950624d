// Header and payload as the JSON that they are, and of the signature its length.
import { shownClaim } from '@/lib/lab/claim-words'
import type { OwnToken } from '@/lib/lab/own-token'

const shownPayload = ({ claims }: OwnToken): string =>
  JSON.stringify(
    Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, shownClaim(name, value)])),
    null,
    2,
  )

export const Decoded = ({ token }: { token: OwnToken }) => (
  <dl className="grid gap-3">
    {[
      { name: 'Header', text: JSON.stringify(token.header, null, 2) },
      { name: 'Payload', text: shownPayload(token) },
      { name: 'Signature', text: `${'•'.repeat(12)} ${token.lengths[2]} characters` },
    ].map(({ name, text }) => (
      <div key={name}>
        <dt className="font-medium">{name}</dt>
        <dd>
          <pre data-part={name} className="rounded-md bg-card p-3 font-mono text-xs break-all whitespace-pre-wrap">
            {text}
          </pre>
        </dd>
      </div>
    ))}
  </dl>
)

// The same claims under each algorithm: size, time, and who can check it. Twins of the lab, which may be copied.
import { type Twin, type TwinKind, twinLife } from '@/lib/lab/twins'
import { CopyButton } from '../_components/copy-button'

const who: Readonly<Record<TwinKind, string>> = {
  ES256: 'Everybody, with the public key. The usual choice.',
  EdDSA: 'Everybody, with the public key.',
  RS256: 'Everybody, with the public key. Long, and slow to sign.',
  HS256: 'Only who has the secret, and whoever has it can make tokens too.',
  encrypted: 'Only who has the secret, and nobody else can even read it.',
}

export const TwinsTable = ({ twins }: { twins: readonly Twin[] }) => (
  <div className="grid gap-4">
    <p className="max-w-prose text-muted-foreground">
      Your claims as each algorithm would carry them, signed just now by keys of the lab. Copy them where you like: they
      live {twinLife / 60} minutes, and this app refuses every one of them.
    </p>
    <ul className="grid gap-3">
      {twins.map(({ kind, text, makes, checks }) => (
        <li key={kind} data-twin={kind} className="grid gap-2 rounded-xl border bg-card p-4">
          <p className="flex flex-wrap items-baseline justify-between gap-x-6">
            <span className="font-semibold">{kind === 'encrypted' ? 'Signed and encrypted' : kind}</span>
            <span className="text-sm text-muted-foreground tabular-nums">
              {text.length} characters, made in {makes} µs, checked in {checks} µs
            </span>
          </p>
          <p className="text-sm">Can check it: {who[kind]}</p>
          <details>
            <summary className="min-h-11 cursor-pointer py-2.5 text-sm font-medium">Show the token</summary>
            <div className="grid gap-3">
              <code
                id={`twin-${kind}`}
                className="block rounded-md bg-muted p-3 font-mono text-xs break-all select-all"
              >
                {text}
              </code>
              <CopyButton from={`twin-${kind}`} what={`the ${kind} token`} />
            </div>
          </details>
        </li>
      ))}
    </ul>
  </div>
)

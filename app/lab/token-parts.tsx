// The three parts of a token in its own shape: colour, edge and name tell them apart. The signature is not shown.
import type { OwnToken } from '@/lib/lab/own-token'

const parts = [
  { name: 'Header', says: 'how it is signed', look: 'border-solid bg-accent sm:grow-2' },
  { name: 'Payload', says: 'what it says', look: 'border-dashed bg-card sm:grow-8' },
  { name: 'Signature', says: 'the proof', look: 'border-double border-4 bg-muted sm:grow-2' },
]

const alternative = 'A token is three pieces of text with dots between: header, payload and signature.'

export const TokenParts = ({ lengths }: Pick<OwnToken, 'lengths'>) => (
  <ol aria-label={alternative} className="flex flex-col gap-2 sm:flex-row">
    {parts.map(({ name, says, look }, i) => (
      <li key={name} className={`grid min-w-28 gap-0.5 rounded-lg border-2 border-primary px-3 py-2 ${look}`}>
        <span className="font-semibold">{name}</span>
        <span className="text-sm text-muted-foreground">{says}</span>
        <span className="text-sm text-muted-foreground tabular-nums">{lengths[i]} characters</span>
      </li>
    ))}
  </ol>
)

// Where a list would be: why there is none, and one thing to do about it.
import type { ReactNode } from 'react'
import { TextLink } from './text-link'

type Props = { href: string; action: string; children: ReactNode }

export const EmptyNote = ({ href, action, children }: Props) => (
  <div data-slot="empty" className="grid justify-items-start gap-1 rounded-xl border border-dashed px-5 py-4">
    <p className="text-muted-foreground">{children}</p>
    <TextLink href={href}>{action}</TextLink>
  </div>
)

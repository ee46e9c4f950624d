// One thing that is known about a session: a plain label, its value, and where engineers find it.
import type { ReactNode } from 'react'
import { Card } from './card'

type CardProps = { id: string; title: string; children: ReactNode; below?: ReactNode }

export const FactCard = ({ id, title, children, below }: CardProps) => (
  <section aria-labelledby={id} data-slot="fact-card">
    <Card className="grid gap-5 sm:p-6">
      <h2 id={id} className="text-xl font-semibold tracking-tight">
        {title}
      </h2>
      <dl className="grid gap-5">{children}</dl>
      {below}
    </Card>
  </section>
)

/** @param source claim or column, and what it means there; left out where only people look */
export const Fact = ({ label, source, children }: { label: string; source?: string; children: ReactNode }) => (
  <div data-slot="fact" className="grid content-start gap-0.5 border-s-2 ps-3">
    <dt className="text-sm text-muted-foreground">{label}</dt>
    <dd className="font-medium break-words">{children}</dd>
    {source && (
      <dd className="font-mono text-xs break-words text-muted-foreground">
        <span className="sr-only">For engineers: </span>
        {source}
      </dd>
    )}
  </div>
)

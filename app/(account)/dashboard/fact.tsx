// One thing that is known about a session: a plain label, its value, and where engineers find it.
import type { ReactNode } from 'react'
import { Card } from '../../_components/card'

export const FactCard = ({ id, title, children }: { id: string; title: string; children: ReactNode }) => (
  <section aria-labelledby={id} data-slot="fact-card">
    <Card className="grid gap-5 sm:p-6">
      <h2 id={id} className="text-xl font-semibold tracking-tight">
        {title}
      </h2>
      <dl className="grid gap-5">{children}</dl>
    </Card>
  </section>
)

/** @param source claim or column, and what it means there */
export const Fact = ({ label, source, children }: { label: string; source: string; children: ReactNode }) => (
  <div data-slot="fact" className="grid gap-0.5 border-s-2 ps-3">
    <dt className="text-sm text-muted-foreground">{label}</dt>
    <dd className="font-medium break-words">{children}</dd>
    <dd className="font-mono text-xs break-words text-muted-foreground">
      <span className="sr-only">For engineers: </span>
      {source}
    </dd>
  </div>
)

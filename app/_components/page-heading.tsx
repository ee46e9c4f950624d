// What a page of the account is called, and in a sentence what it is for.
import type { ReactNode } from 'react'

export const PageHeading = ({ title, children }: { title: ReactNode; children: ReactNode }) => (
  <div data-slot="page-heading" className="grid gap-2">
    <h1 className="text-3xl font-semibold tracking-tight text-balance sm:text-4xl">{title}</h1>
    <p className="max-w-prose text-pretty text-muted-foreground">{children}</p>
  </div>
)

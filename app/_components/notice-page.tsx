// A page that says one thing and offers a way on. Free of tailwind-merge: the error pages, which are client code, use it.
import type { ReactNode } from 'react'

type Props = { title: string; children: ReactNode; actions: ReactNode }

export const NoticePage = ({ title, children, actions }: Props) => (
  <main id="main" tabIndex={-1} className="mx-auto grid w-full max-w-xl gap-4 px-4 py-16 outline-none sm:px-6">
    <h1 className="text-3xl font-semibold tracking-tight text-balance">{title}</h1>
    <div className="grid gap-3 text-muted-foreground">{children}</div>
    <div className="mt-2 flex flex-wrap gap-3">{actions}</div>
  </main>
)

// The shape of the pages on the way in: one narrow card under a heading.
import type { ReactNode } from 'react'
import { Card } from './card'

type Props = {
  title: string
  lead?: ReactNode
  children: ReactNode
  below?: ReactNode
}

export const AuthPage = ({ title, lead, children, below }: Props) => (
  <main
    id="main"
    tabIndex={-1}
    className="mx-auto grid w-full max-w-md content-start gap-5 px-4 py-8 outline-none sm:py-14"
  >
    <div className="grid gap-1.5">
      <h1 className="text-3xl font-semibold tracking-tight text-balance">{title}</h1>
      {lead && <p className="text-muted-foreground">{lead}</p>}
    </div>
    <Card className="grid gap-5">{children}</Card>
    {below && <p className="text-center text-muted-foreground">{below}</p>}
  </main>
)

// One narrow card under a heading.
import type { ReactNode } from 'react'
import { Card } from './card'

type Props = {
  title: string
  lead?: ReactNode
  children: ReactNode
  below?: ReactNode
}

export const NarrowPage = ({ title, lead, children, below }: Props) => (
  <>
    <div data-slot="narrow-page" className="grid gap-1.5">
      <h1 className="text-3xl font-semibold tracking-tight text-balance">{title}</h1>
      {lead && <p className="text-muted-foreground">{lead}</p>}
    </div>
    <Card className="grid gap-5">{children}</Card>
    {below && <p className="text-center text-muted-foreground">{below}</p>}
  </>
)

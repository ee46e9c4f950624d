// A button that opens what belongs to it, without scripts: a form for a name, a question before something ends.
import type { ReactNode } from 'react'
import { cn } from '@/lib/web/cn'
import { buttonVariants } from './button-variants'
import { ChevronIcon } from './icons'

type Props = {
  label: ReactNode
  /** Those of one group close each other. */
  group: string
  open?: boolean
  children: ReactNode
}

export const Disclosure = ({ label, group, open = false, children }: Props) => (
  <details data-slot="disclosure" name={group} open={open} className="group/disclosure open:basis-full">
    <summary
      className={cn(
        buttonVariants({ variant: 'outline' }),
        'cursor-pointer list-none [&::-webkit-details-marker]:hidden',
      )}
    >
      <span>{label}</span>
      <ChevronIcon />
    </summary>
    <div className="mt-3 rounded-lg border bg-muted p-4">{children}</div>
  </details>
)

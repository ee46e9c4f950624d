// A word or two that stand out beside a heading.
import { cva, type VariantProps } from 'class-variance-authority'
import type { ReactNode } from 'react'

const badgeVariants = cva(
  'inline-flex items-center gap-1.5 rounded-md px-2 py-0.5 text-sm font-medium whitespace-nowrap [&_svg]:size-4',
  {
    variants: {
      variant: {
        default: 'bg-primary text-primary-foreground',
        quiet: 'border bg-muted text-muted-foreground',
        alarm: 'border border-destructive bg-destructive-muted text-destructive',
      },
    },
    defaultVariants: { variant: 'default' },
  },
)

export const Badge = ({ variant, children }: VariantProps<typeof badgeVariants> & { children: ReactNode }) => (
  <span data-slot="badge" className={badgeVariants({ variant })}>
    {children}
  </span>
)

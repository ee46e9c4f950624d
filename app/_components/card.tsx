// A raised surface.
import type { ComponentProps } from 'react'
import { cn } from '@/lib/web/cn'

export const Card = ({ className, ...rest }: ComponentProps<'div'>) => (
  <div
    data-slot="card"
    className={cn('rounded-xl border bg-card p-5 text-card-foreground shadow-xs sm:p-8', className)}
    {...rest}
  />
)

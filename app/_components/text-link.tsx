// A link inside or below text. A plain anchor: nothing is fetched before it is followed.
import type { ComponentProps } from 'react'
import { cn } from '@/lib/web/cn'

export const TextLink = ({ className, ...rest }: ComponentProps<'a'> & { href: string }) => (
  <a
    data-slot="text-link"
    className={cn(
      'inline-flex min-h-11 items-center font-medium text-primary underline decoration-1 underline-offset-4 hover:decoration-2',
      className,
    )}
    {...rest}
  />
)

// A message about what just happened. It takes focus when the page opens, without scripts too.
import { cva, type VariantProps } from 'class-variance-authority'
import type { ReactNode } from 'react'
import { cn } from '@/lib/web/cn'

const alertVariants = cva('rounded-lg border-l-4 px-4 py-3 text-base', {
  variants: {
    variant: {
      fault: 'border-destructive bg-destructive-muted text-foreground',
      note: 'border-primary bg-accent text-accent-foreground',
    },
  },
  defaultVariants: { variant: 'note' },
})

type Props = VariantProps<typeof alertVariants> & { children: ReactNode; className?: string }

export const Alert = ({ variant, className, children }: Props) => (
  <div
    data-slot="alert"
    role={variant === 'fault' ? 'alert' : 'status'}
    tabIndex={-1}
    // biome-ignore lint/a11y/noAutofocus: after a form came back, the message is what has to be read first
    autoFocus
    className={cn(alertVariants({ variant }), className)}
  >
    {children}
  </div>
)

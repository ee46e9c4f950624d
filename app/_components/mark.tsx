// The product's mark: a hand stamp and the line it leaves. The same drawing as public/icon.svg.
import { cn } from '@/lib/web/cn'

export const Mark = ({ className }: { className?: string }) => (
  <svg data-slot="mark" viewBox="0 0 32 32" aria-hidden="true" className={cn('size-7 fill-primary', className)}>
    <path d="M16 2.5A5.5 5.5 0 0 1 21.5 8c0 2.7-1.8 3.7-2.3 6.2-.2 1.2.4 1.8 1.6 1.8H26a2.5 2.5 0 0 1 2.5 2.5V23h-25v-4.5A2.5 2.5 0 0 1 6 16h5.2c1.2 0 1.8-.6 1.6-1.8-.5-2.5-2.3-3.5-2.3-6.2A5.5 5.5 0 0 1 16 2.5z" />
    <path d="M7.5 26h17a1.75 1.75 0 0 1 0 3.5h-17a1.75 1.75 0 0 1 0-3.5z" />
  </svg>
)

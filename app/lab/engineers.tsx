// The layer below: sources, codes and bytes, for whoever wants them.
import type { ReactNode } from 'react'
import { ChevronIcon } from '../_components/icons'

export const Engineers = ({ children }: { children: ReactNode }) => (
  <details data-slot="engineers" className="group rounded-lg border bg-muted">
    <summary className="flex min-h-11 cursor-pointer list-none items-center gap-2 px-4 font-medium [&::-webkit-details-marker]:hidden">
      <ChevronIcon />
      For engineers
    </summary>
    <div className="grid gap-3 px-4 pb-4 text-sm">{children}</div>
  </details>
)

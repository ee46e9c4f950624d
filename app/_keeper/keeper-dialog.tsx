// The frame of a dialog that the keeper opens: plain markup, closed until then.
import type { ReactNode } from 'react'
import { cn } from '@/lib/web/cn'
import type { Name } from './dialog'

type Props = { name: Name; title: string; lead: ReactNode; className?: string; children: ReactNode }

export const KeeperDialog = ({ name, title, lead, className, children }: Props) => (
  <dialog
    data-slot="dialog"
    data-keeper={name}
    aria-labelledby={`keeper-${name}-title`}
    aria-describedby={`keeper-${name}-lead`}
    className={cn(
      'm-auto max-h-[calc(100dvh-2rem)] w-[calc(100%-2rem)] max-w-md gap-5 overflow-y-auto rounded-xl border bg-card p-5 text-card-foreground shadow-lg backdrop:bg-background/75 open:grid sm:p-8',
      className,
    )}
  >
    <div className="grid gap-1.5">
      <h2 id={`keeper-${name}-title`} className="text-xl font-semibold tracking-tight text-balance">
        {title}
      </h2>
      <p id={`keeper-${name}-lead`} className="text-muted-foreground">
        {lead}
      </p>
    </div>
    {children}
  </dialog>
)

/** What went wrong, said aloud when the keeper writes it. */
export const KeeperAlert = ({ id }: { id?: string }) => (
  <p
    id={id}
    role="alert"
    className="rounded-lg border-l-4 border-destructive bg-destructive-muted px-4 py-3 text-base font-medium empty:hidden"
  />
)

/** The time left: for the eyes each second, for the ears now and then. */
export const KeeperCountdown = () => (
  <>
    <p data-left="" aria-hidden="true" className="font-mono text-4xl font-semibold tabular-nums" />
    <p role="status" className="sr-only" />
  </>
)

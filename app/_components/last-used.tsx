// Marks the way in that this browser used last.
import type { LastWay } from '@/lib/core/last-way'

/** @param last as lib/web/last-way reads it */
export const LastUsed = ({ way, last }: { way: LastWay; last: LastWay | null }) =>
  way === last ? (
    <p data-slot="last-used" className="text-center text-sm text-muted-foreground">
      You used this last time.
    </p>
  ) : null

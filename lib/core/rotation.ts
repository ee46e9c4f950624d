// Refresh token rotation (RFC 9700 §4.14.2) that survives twenty tabs and a lost response and still finds a thief.
// Decides only: the caller has checked the mac and writes what is decided in one atomic statement.

/** What a session row knows of its refresh tokens. Times in milliseconds. */
export type Lineage = {
  /** n: the newest refresh token handed out. */
  generation: number
  /** p: the token it replaced, still honoured while its successor may be lost; 0 at the start. */
  parent: number
  /** The highest generation that has come back in use: its holder has surely received it. */
  confirmed: number
  /** 0 until the first rotation. */
  rotatedAt: number
}

export type RotationDecision =
  /**
   * Hand out the newest token again, byte for byte. `grace`: somebody else has just rotated. `lost`: its answer was never
   * seen in use, so it starts over.
   */
  | { do: 'repeat'; because: 'grace' | 'lost'; next: Lineage }
  /** Move on to a new generation. */
  | { do: 'rotate'; next: Lineage }
  /** End the session: an old token came back after its successor was in use, or one that we never issued. */
  | { do: 'end'; reason: 'reuse' | 'generation_ahead' }

export const firstLineage: Lineage = { generation: 1, parent: 0, confirmed: 0, rotatedAt: 0 }

/**
 * @param presented generation g of a refresh token whose mac is good
 * @param now milliseconds
 * @param grace how long after a rotation its parent may still come, milliseconds
 */
export const decideRotation = (row: Lineage, presented: number, now: number, grace: number): RotationDecision => {
  // A rotation in the future means that the clock went back: grace, not theft.
  const withinGrace = now - row.rotatedAt <= grace
  if (presented > row.generation) return { do: 'end', reason: 'generation_ahead' }
  if (presented === row.generation) {
    const confirmed = Math.max(row.confirmed, presented)
    if (withinGrace) return { do: 'repeat', because: 'grace', next: { ...row, confirmed } }
    return { do: 'rotate', next: { generation: presented + 1, parent: presented, confirmed, rotatedAt: now } }
  }
  if (presented === row.parent) {
    if (withinGrace) return { do: 'repeat', because: 'grace', next: row }
    // Nobody has used the successor: its answer was lost, or is still on its way. A third token would turn that late
    // answer into a thief's (docs/decisions/0012).
    if (row.confirmed < row.generation) return { do: 'repeat', because: 'lost', next: { ...row, rotatedAt: now } }
  }
  return { do: 'end', reason: 'reuse' }
}

/** Whether an access token of this generation may still be used: it is the newest or the one before. */
export const isCurrentGeneration = (row: Lineage, generation: number): boolean =>
  generation === row.generation || generation === row.parent

/** Whether a decision leaves nothing to write. */
export const isSameLineage = (row: Lineage, next: Lineage): boolean =>
  row.generation === next.generation &&
  row.parent === next.parent &&
  row.confirmed === next.confirmed &&
  row.rotatedAt === next.rotatedAt

// What became of a session's refresh tokens, noted beside the answer: a session's page shows it, no rule asks for it.
import type { Lineage } from '../core/rotation'
import { type FamilyEvent, noteRotation } from '../db/rotations'
import { afterwards } from './afterwards'
import type { Context } from './context'

/** @param lineage the generation that it happened to, and its parent */
export const noteFamily = (
  { db }: Context,
  sid: string,
  lineage: Pick<Lineage, 'generation' | 'parent'>,
  event: FamilyEvent,
  now: number,
): Promise<void> => {
  const { generation, parent } = lineage
  return afterwards('noting a rotation', noteRotation(db, { sid, generation, parent, at: now }, event))
}

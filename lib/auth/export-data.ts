// Everything that is kept about somebody, for themselves.
import { AppError } from '../core/errors'
import { readOwnData } from '../db/own-data'
import { audit } from './audit'
import type { Client, Context } from './context'
import { spend } from './limits'
import type { Holder } from './own-sessions'

export type OwnData = Awaited<ReturnType<typeof readOwnData>>

export const exportData = async (
  context: Context,
  { user, session }: Holder,
  client: Client,
  now: number,
): Promise<OwnData> => {
  await spend([[context.limits.dataExport, user.id]])
  const data = await readOwnData(context.db, user.id)
  if (data.user === null) throw new AppError('unauthenticated')
  await audit(context, 'data_exported', client, now, { userId: user.id, sid: session.id })
  return data
}

// One's data as the file that people download: times in ISO 8601, addresses of clients truncated as everywhere.
import type { OwnData } from '../auth/export-data'
import { truncateAddress } from '../auth/ip-address'

const timed = (value: unknown, key: string): unknown =>
  typeof value === 'number' && /(?:At|Since|^at)$/.test(key) ? new Date(value).toISOString() : value

const row = (fields: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [
      key,
      key === 'ip' && typeof value === 'string' ? truncateAddress(value) : timed(value, key),
    ]),
  )

export const ownDataView = (data: OwnData, now: number) => ({
  exportedAt: new Date(now).toISOString(),
  ...Object.fromEntries(
    Object.entries(data).map(([key, value]) => {
      if (Array.isArray(value)) return [key, value.map(row)]
      return [key, value !== null && typeof value === 'object' ? row(value) : timed(value, key)]
    }),
  ),
})

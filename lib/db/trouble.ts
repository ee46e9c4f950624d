// What the errors of both drivers mean to us, and what of them may be read: statements, their values, hosts and users
// stay out of logs.

/**
 * absent: a row that the write stands on is not there.
 * passing: nothing was written, waiting may help. broken: the connection went away, and nobody knows what was written.
 * unusable: an operator has to help. unique: a row with that key is there. other: a fault, ours or the database's.
 */
export type Trouble = 'passing' | 'broken' | 'unusable' | 'unique' | 'absent' | 'other'

const kinds: [Trouble, RegExp][] = [
  ['passing', /^SQLITE_(BUSY|LOCKED)/],
  ['unusable', /^SQLITE_(FULL|IOERR|READONLY|CANTOPEN|CORRUPT|NOTADB)/],
  ['unique', /^SQLITE_CONSTRAINT_(UNIQUE|PRIMARYKEY)/],
  // Serialization, deadlock, lock not available, statement cancelled, starting up, too many connections: all roll back.
  ['passing', /^(40001|40P01|55P03|57014|57P03|53300)$/],
  // Shut down, crashed, connection exceptions. A commit may have come before.
  ['broken', /^(57P01|57P02|08\w{3}|25P03|ECONNRESET|EPIPE|ETIMEDOUT|QUERY_TIMEOUT|TERMINATED)$/],
  // Before a connection stands nothing is written.
  ['passing', /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN|CONNECT_TIMEOUT)$/],
  // Disk full, out of memory, read-only, who may come in, which database, which host.
  ['unusable', /^(53\w{3}|25006|28\w{3}|3D000|ENOTFOUND)$/],
  ['unique', /^23505$/],
  ['absent', /^(SQLITE_CONSTRAINT_NOTNULL|23502)$/],
]

/** pg gives these no code. */
const messages: [string, RegExp][] = [
  ['CONNECT_TIMEOUT', /timeout exceeded when trying to connect|Connection terminated due to connection timeout/],
  ['TERMINATED', /^Connection terminated|^Client has encountered a connection error|Client was closed/],
  ['QUERY_TIMEOUT', /^Query read timeout/],
]

const known = /^SQLITE_|^[0-9A-Z]{5}$|^(ECONN|EPIPE|ETIMEDOUT|EHOST|ENET|EAI_|ENOTFOUND)/

const codeOf = (error: Error): string => {
  if ('code' in error && typeof error.code === 'string' && known.test(error.code)) return error.code
  return messages.find(([, pattern]) => pattern.test(error.message))?.[0] ?? ''
}

/** The driver's code, also from inside drizzle's wrapper; empty for an error that is not the driver's. */
export const driverCode = (error: unknown): string => {
  for (let at = error; at instanceof Error; at = at.cause) {
    const code = codeOf(at)
    if (code !== '') return code
  }
  return ''
}

export const troubleOf = (error: unknown): Trouble => {
  const code = driverCode(error)
  return kinds.find(([, pattern]) => pattern.test(code))?.[0] ?? 'other'
}

export const isUniqueViolation = (error: unknown): boolean => troubleOf(error) === 'unique'

/** Whether somebody else was faster: their row is there, or the row that this write stands on is not. */
export const isLostRace = (error: unknown): boolean => ['unique', 'absent'].includes(troubleOf(error))

const words: [RegExp, string][] = [
  [/^(28000|28P01)$/, 'it refuses the user or the password of DATABASE_URL'],
  [/^3D000$/, 'it has no database of the name in DATABASE_URL'],
  [/^42501$/, 'the user of DATABASE_URL lacks a right'],
  [/^42P01$/, 'a table is missing: run the migrations'],
  [/^ENOTFOUND$/, 'the host of DATABASE_URL has no address'],
  [/^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN)$/, 'it cannot be reached'],
  [/^CONNECT_TIMEOUT$/, 'no connection to it was free or could be made in time'],
  [/^53300$/, 'it has no connection left'],
  [/^53100$/, 'its disk is full'],
]

const textOf = (error: object, name: string): string => {
  const value: unknown = Reflect.get(error, name)
  return typeof value === 'string' ? ` ${value}` : ''
}

/**
 * Postgres' error without what it quotes. drizzle's holds the statement and every value, pg's the row, the host or the
 * user. SQLite's holds none of these and stays as it is.
 */
export const withoutSecrets = (error: unknown): unknown => {
  const code = driverCode(error)
  if (code === '' || code.startsWith('SQLITE_')) return error
  let inner = error
  while (inner instanceof Error && inner.cause instanceof Error && codeOf(inner) === '') inner = inner.cause
  const place = inner instanceof Error ? textOf(inner, 'table') + textOf(inner, 'constraint') : ''
  const meaning = words.find(([pattern]) => pattern.test(code))?.[1] ?? 'it refused a statement'
  return Object.assign(new Error(`Postgres: ${meaning} (${code}${place})`), { code })
}

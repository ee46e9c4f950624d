// Every duel of parts, and the Postgres that two of them share.
import { join } from 'node:path'
import { askServer, startPostgres } from '../../lib/db/testing/postgres-server'
import { say } from '../measure/say'
import type { Beside } from '../report/results'
import { type Duel, type DuelPace, fight, type Named } from './duel'

const named =
  (file: string) =>
  (name: string): Named => ({ module: join(import.meta.dirname, file), name })
const check = named('session-check.ts')
const token = named('tokens.ts')
const refresh = named('refresh.ts')
const signIn = named('sign-in.ts')

const duelsOf = (betterAuth: string, postgres: string): Duel[] => {
  const getSession = { module: join(betterAuth, 'side.ts'), name: 'getSession' }
  const limit = 'better-auth getSession, SQLite'
  return [
    { name: 'session check with its row', own: check('withRow'), base: getSession, limit, per: 'cpu' },
    { name: 'session check without a row', own: check('withoutRow'), base: getSession, limit, per: 'cpu' },
    { name: 'token issue', own: token('issue'), base: token('rawSign'), limit: 'node:crypto sign', per: 'cpu' },
    {
      name: 'token check, afresh',
      own: token('check'),
      base: token('rawVerify'),
      limit: 'node:crypto verify',
      per: 'cpu',
    },
    {
      name: 'token check, unwatched',
      own: token('check'),
      base: token('checkWatched'),
      limit: 'the same with a tracer',
      per: 'cpu',
    },
    {
      name: 'refresh on SQLite',
      own: refresh('refresh'),
      base: refresh('bareTransaction'),
      limit: 'one durable UPDATE',
      per: 'time',
    },
    {
      name: 'refresh on Postgres',
      own: refresh('refresh'),
      base: refresh('bareTransaction'),
      limit: 'one durable UPDATE',
      per: 'time',
      postgres,
    },
    {
      name: 'sign-in',
      own: signIn('signIn'),
      base: signIn('argon2id'),
      limit: 'argon2id, same parameters and threads',
      per: 'time',
    },
  ]
}

/** @param betterAuth its built app */
export const measureParts = async (betterAuth: string, pace: DuelPace): Promise<Beside[]> => {
  const server = await startPostgres({ durable: true })
  try {
    await askServer(server.url('postgres'), 'CREATE DATABASE bench')
    const found: Beside[] = []
    for (const duel of duelsOf(betterAuth, server.url('bench'))) {
      say(`${duel.name} beside ${duel.limit}`)
      const beside = await fight(duel, pace)
      say(`${beside.ratio.toFixed(2)} × as many`)
      found.push(beside)
    }
    return found
  } finally {
    await server.remove()
  }
}

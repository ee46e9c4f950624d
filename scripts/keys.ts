// `npm run keys -- list | rotate | retire KID [--yes]`: the signing keys of this installation.

import type { Context } from '../lib/auth/context'
import { openKeyStore } from '../lib/auth/key-store'
import { countSignedBy, listSigningKeys, retireSigningKey, rotateSigningKey } from '../lib/auth/signing-keys'
import { now } from '../lib/clock'
import { AppError } from '../lib/core/errors'
import { keyRulesOf } from '../lib/env'
import { runCommand } from './command'

const usage = 'Usage: npm run keys -- list | rotate | retire KID [--yes]'
const time = (at: number | null) => (at === null ? '-' : new Date(at).toISOString().slice(0, 19).replace('T', ' '))
const sessions = (count: number) => (count === 1 ? '1 session' : `${count} sessions`)
const refuse = (detail: string) => {
  throw new AppError('misconfigured', { detail })
}

const list = async (context: Context) => {
  const rows = (await listSigningKeys(context)).map(({ kid, alg, state, createdAt, activatedAt, retiredAt }) =>
    [kid.padEnd(43), alg.padEnd(5), state.padEnd(8), time(createdAt), time(activatedAt), time(retiredAt)].join('  '),
  )
  console.log(['kid, algorithm, state, made, signs since, gone (UTC)', ...rows].join('\n'))
}

const rotate = async (context: Context) => {
  const rotated = await rotateSigningKey(context, now())
  if (!rotated.ok) return refuse('An HS256 key comes from AUTH_SECRET. To rotate it, replace that: docs/keys.md')
  console.log(`${rotated.kid} is published, and signs from ${time(rotated.signsAt)} UTC on. Nobody is signed out.`)
}

const reasons = {
  unknown: 'There is no such key. To see them: npm run keys -- list',
  retired: 'This key is retired already.',
  current: 'This key comes from AUTH_SECRET and would come again. Replace AUTH_SECRET: docs/keys.md',
}

const retire = async (context: Context, kid: string, sure: boolean) => {
  const count = await countSignedBy(context, kid, now())
  if (!sure) {
    console.log(
      `The tokens of ${sessions(count)} would be refused and refreshed; nobody is signed out. ` +
        `To do it: npm run keys -- retire ${kid} --yes`,
    )
    return
  }
  const retired = await retireSigningKey(context, kid, now())
  if (!retired.ok) return refuse(reasons[retired.reason])
  // A store of its own has not read anything yet: it lets another key sign now, before anybody asks for one.
  await openKeyStore(context.db, context.secrets, keyRulesOf(context.env))(now())
  console.log(`Retired. The tokens of ${sessions(count)} are refused and refreshed, everywhere within a minute.`)
}

await runCommand(async (context) => {
  const [command, kid] = process.argv.slice(2).filter((word) => word !== '--yes')
  if (command === 'list') return list(context)
  if (command === 'rotate') return rotate(context)
  if (command === 'retire' && kid) return retire(context, kid, process.argv.includes('--yes'))
  refuse(usage)
})

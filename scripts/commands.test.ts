// The commands on the app's own database, each as a process: what they say, what they change, what they refuse.
import { describe, expect, test } from 'vitest'
import { enrol } from '../lib/auth/testing/people'
import { authSecret, joinTrial } from '../lib/auth/testing/trial'
import { migrateDatabase } from '../lib/db/migrate'
import { listKeys } from '../lib/db/signing-keys'
import { runProgram } from '../lib/db/testing/lock-holder'
import { migrations, temporaryFolder } from '../lib/db/testing/temporary-database'

const run = (dataDir: string, script: string, ...words: string[]) =>
  runProgram(
    { AUTH_SECRET: authSecret, DATA_DIR: dataDir, DATABASE_URL: '', LOG_LEVEL: 'silent' },
    '--import',
    'tsx',
    `scripts/${script}.ts`,
    ...words,
  )

/** An installation with one live session, signed now. */
const openWithSession = async () => {
  const dataDir = temporaryFolder()
  await migrateDatabase(dataDir, migrations)
  const trial = await joinTrial(dataDir)
  await enrol(trial, { at: Date.now() })
  return { dataDir, trial, kid: (await trial.keys(Date.now())).signing.kid }
}
const statesOf = async ({ trial }: Awaited<ReturnType<typeof openWithSession>>) =>
  (await listKeys(trial.db)).map(({ state }) => state).sort()

describe('npm run keys', () => {
  test('lists, publishes the next key, and retires one only with --yes, after it has said whom that concerns', async () => {
    const place = await openWithSession()
    const { dataDir, kid } = place
    const listed = await run(dataDir, 'keys', 'list')
    expect(listed.code).toBe(0)
    expect(listed.said).toMatch(new RegExp(`^kid, algorithm, .*\\n${kid}  ES256  active `))
    expect(listed.said).not.toContain('"d"')

    const rotated = await run(dataDir, 'keys', 'rotate')
    expect([rotated.code, rotated.said]).toEqual([0, expect.stringMatching(/is published, and signs from .* Nobody/)])
    expect(await statesOf(place)).toEqual(['active', 'next'])

    const asked = await run(dataDir, 'keys', 'retire', kid)
    expect([asked.code, asked.said]).toEqual([0, expect.stringContaining('The tokens of 1 session would be refused')])
    expect(await statesOf(place)).toEqual(['active', 'next'])

    const retired = await run(dataDir, 'keys', 'retire', kid, '--yes')
    expect([retired.code, retired.said]).toEqual([0, expect.stringMatching(/^Retired\. The tokens of 1 session/)])
    expect(await statesOf(place)).toEqual(['active', 'retired'])
  })

  test.each([
    [[], /^Usage: npm run keys/],
    [['explode'], /^Usage: npm run keys/],
    [['retire'], /^Usage: npm run keys/],
    [['retire', 'nobody', '--yes'], /^There is no such key/],
  ])('refuses %j in one line and changes nothing', async (words, line) => {
    const place = await openWithSession()
    const { code, said } = await run(place.dataDir, 'keys', ...words)
    expect([code, said]).toEqual([1, expect.stringMatching(line)])
    expect(said.trim().split('\n')).toHaveLength(1)
    expect(await statesOf(place)).toEqual(['active'])
  })
})

describe('npm run sessions:end-all', () => {
  test('says how many it would end, and ends them with --yes', async () => {
    const { dataDir } = await openWithSession()
    const asked = await run(dataDir, 'end-all-sessions')
    expect([asked.code, asked.said]).toEqual([0, expect.stringContaining('This would end 1 session')])
    const ended = await run(dataDir, 'end-all-sessions', '--yes')
    expect([ended.code, ended.said]).toEqual([0, expect.stringContaining('Ended 1 session')])
    expect((await run(dataDir, 'end-all-sessions')).said).toContain('0 sessions')
  })
})

// Attacks by header members, over HTTP: catalogue 2.B. What a token names is never fetched, opened or run.
import { headerAttacks } from '../../lib/core/testing/attacks/header'
import { openForge } from '../../lib/core/testing/token-forge'
import { expect, test } from '../fixtures/standing'
import { flawsOf, overHttp, type Row, row, testRows } from '../fixtures/token-table'

const rows: Row[] = [
  ...overHttp(headerAttacks),
  row(
    "B02 the attacker's token with a jku to a listener",
    async (forge) => {
      const attacker = await openForge()
      return attacker.sign(
        JSON.stringify({ ...attacker.header, jku: `${forge.lure.origin}/jwks.json` }),
        forge.payload(),
      )
    },
    'fetchesKeys',
  ),
]

testRows(rows)

test('B02, B03 nothing that a token names is called, not even later', async ({ standing }) => {
  const { lure } = standing.forge
  const before = lure.calls()
  for (const each of rows.filter(({ name }) => /^B0[123] /.test(name)))
    expect(await flawsOf(each, standing)).toEqual([])
  await new Promise((resolve) => setTimeout(resolve, 1_000))
  expect(lure.calls()).toBe(before)
})

test('B09 a storm of unknown kids asks our own key set at most once in ten seconds', async ({ standing }) => {
  const unknown = Array.from({ length: 100 }, (_, i) => row('B09', (forge) => forge.token({}, { kid: `unknown-${i}` })))
  test.setTimeout(120_000)
  const start = performance.now()
  for (const each of unknown) expect(await flawsOf(each, standing)).toEqual([])
  expect(performance.now() - start).toBeLessThan(60_000)
  expect(
    await flawsOf(
      row('good', (forge) => forge.token(), undefined, 'accepted'),
      standing,
    ),
  ).toEqual([])
})

test('B05, B06 no kid reaches the file system or the database: the log tells of no error', async ({
  standing,
  app,
}) => {
  for (const each of rows.filter(({ name }) => /^B0[567] /.test(name))) await flawsOf(each, standing)
  expect(app.output()).not.toMatch(/SQLITE|ENOENT|EACCES|SqliteError|"level":(50|60)/)
})

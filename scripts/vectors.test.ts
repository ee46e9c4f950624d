// The tokens that the examples judge: our own verifier judges them so, and the table in docs/verify.md is of them.
import { expect, it, test } from 'vitest'
import { expected, goodClaims, now, openForge } from '../lib/core/testing/token-forge'
import { verifyAccessToken } from '../lib/core/token'
import { pageWithTable } from './vector-table'
import { vectors } from './vectors'

const forge = await openForge()

it('the table in docs/verify.md is up to date: npx tsx scripts/vector-table.ts', () => {
  const { page, written } = pageWithTable()
  expect(written).toBe(page)
})

test.each(vectors.filter(({ listed }) => !listed))('our own verifier judges: $name', async ({ make, reason }) => {
  const verdict = await verifyAccessToken(await make(forge, goodClaims), forge.keyring, expected, now)
  expect(verdict.ok).toBe(reason === null)
})

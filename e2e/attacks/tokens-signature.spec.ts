// Attacks on the algorithm and the signature, over HTTP: catalogue 2.A.
import { partsOf, segment } from '../../lib/core/forging'
import { algorithmAttacks, goodTokens, signatureAttacks } from '../../lib/core/testing/attacks/signature'
import { expect, test } from '../fixtures/standing'
import { flawsOf, overHttp, row, testRows } from '../fixtures/token-table'

test.describe('a good token', () => testRows(overHttp(goodTokens)))
test.describe('attacks on the algorithm', () => testRows(overHttp(algorithmAttacks)))
test.describe('attacks on the signature', () => testRows(overHttp(signatureAttacks)))

test('T01 nothing of a token that nobody signed is echoed or logged', async ({ standing, app }) => {
  const marker = 'Marker-7f3a9c'
  const { forge, port, markers } = standing
  const claims = Object.fromEntries(Object.keys(forge.claims()).map((name) => [name, `${marker}-${name}`]))
  const [, body] = partsOf(await forge.token(claims))
  const header = JSON.stringify({ ...forge.header, kid: marker })
  const tokens = [
    `${segment(header)}.${body}.${segment(new Uint8Array(64))}`,
    await forge.token(claims),
    `${marker}.${marker}.${marker}`,
  ]
  for (const token of tokens) {
    expect(
      await flawsOf(
        row('T01', () => token),
        { port, forge, markers: [...markers, marker] },
      ),
    ).toEqual([])
  }
  expect(app.output()).not.toContain(marker)
})

// Attacks on encoding and parsing, over HTTP: catalogue 2.C. Bytes go into the Cookie header as they are.
import { spellingAttacks } from '../../lib/core/testing/attacks/encoding'
import { more, parsingAttacks } from '../../lib/core/testing/attacks/parsing'
import { expect, test } from '../fixtures/standing'
import { overHttp, type Row, row, testRows } from '../fixtures/token-table'

const padded: Row = row(
  'C01 raw spaces around the token are padding of the header (RFC 9110 §5.5)',
  async (forge) => ` \t${await forge.token()} \t`,
  undefined,
  'accepted',
)

test.describe('attacks on the spelling', () => testRows([...overHttp(spellingAttacks), padded]))
test.describe('attacks on the parser', () => testRows(overHttp(parsingAttacks)))

test('C21 claims about prototypes leave no trace: the next visitor without a session is nobody', async ({
  standing,
  client,
}) => {
  const { forge } = standing
  const token = await forge.sign(
    JSON.stringify(forge.header),
    more('"__proto__":{"ok":true,"roles":["admin"]},"constructor":{"prototype":{"ok":true}}')(forge.payload()),
  )
  client.cookies.set('handstamp-at', token)
  expect(await client.get('/api/auth/session')).toMatchObject({ status: 200, json: { user: { roles: ['user'] } } })
  client.cookies.clear()
  expect((await client.get('/api/auth/session')).status).toBe(401)
})

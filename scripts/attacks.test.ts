// `npm run attacks` as a process: exit codes, what it says, and the reports for pipelines.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { runProgram } from '../lib/db/testing/lock-holder'
import { temporaryFolder } from '../lib/db/testing/temporary-database'
import { attacks } from '../lib/lab/attacks/table'
import { openWeakServer, type WeakServer } from '../lib/lab/attacks/testing/weak-server'
import { surfaces } from '../lib/lab/attacks/verdicts'

let server: WeakServer
beforeAll(async () => {
  server = await openWeakServer()
})
afterAll(() => server.close())
beforeEach(() => {
  for (const surface of surfaces) delete server.faults[surface]
})

const run = (...words: string[]) =>
  runProgram({ ATTACKS_EMAIL: '', ATTACKS_PASSWORD: '' }, '--import', 'tsx', 'scripts/attacks.ts', ...words)

/** Whole, and each of its parts that a log must not hold. */
const expectNoToken = (text: string) => {
  const [, payload = 'x', signature = 'x'] = server.issuer.good.split('.')
  for (const part of [payload, signature]) expect(text).not.toContain(part)
}

describe('npm run attacks', () => {
  test('ends with 0 where everything is refused, and says so for people, programs and pipelines', async () => {
    const folder = temporaryFolder()
    const [json, junit] = [join(folder, 'a.json'), join(folder, 'a.xml')]
    const { code, said } = await run('--url', server.origin, '--json', json, '--junit', junit)
    expect([code, said]).toEqual([0, expect.stringContaining('0 accepted, 0 disagreements. All refused.')])
    for (const { id } of attacks) expect(said).toMatch(new RegExp(`^${id} +(refused +){4}`, 'm'))
    const report = JSON.parse(await readFile(json, 'utf8'))
    expect(report).toMatchObject({ url: server.origin, attacks: attacks.length, accepted: 0, disagreements: 0 })
    expect(report.rows).toHaveLength(attacks.length)
    const xml = await readFile(junit, 'utf8')
    expect(xml.match(/<testcase /g)).toHaveLength(attacks.length)
    expect(xml).toContain(`tests="${attacks.length}" failures="0"`)
    for (const text of [said, xml, JSON.stringify(report)]) expectNoToken(text)
  })

  test('ends with 1 where one surface accepts, loudly, in every report', async () => {
    Object.assign(server.faults, { page: 'believesAlg' })
    const folder = temporaryFolder()
    const [json, junit] = [join(folder, 'a.json'), join(folder, 'a.xml')]
    const only = ['--only', 'A01-none', '--only', 'A12-der']
    const { code, said } = await run('--url', server.origin, '--json', json, '--junit', junit, ...only)
    expect(code).toBe(1)
    expect(said).toMatch(/^A01-none +refused +ACCEPTED +refused +refused/m)
    expect(said).toContain('!! Signed by nobody: accepted by page; the surfaces disagree')
    expect(said).toContain('2 attacks at 4 surfaces: 1 accepted, 1 disagreements. 1 NOT REFUSED AS THEY MUST BE.')
    expect(JSON.parse(await readFile(json, 'utf8'))).toMatchObject({ attacks: 2, accepted: 1, faulty: 1 })
    const xml = await readFile(junit, 'utf8')
    expect(xml).toContain('failures="1"')
    expect(xml).toMatch(/<testcase [^>]*A01-none[^>]*>\n {4}<failure message="accepted by page; the surfaces/)
  })

  test('takes a token from a file, as a cookie or alone', async () => {
    for (const text of [`theme=dark; handstamp-at=${server.issuer.good}\n`, `${server.issuer.good}\n`]) {
      const file = join(temporaryFolder(), 'cookie')
      await writeFile(file, text)
      const { code, said } = await run('--url', server.origin, '--cookie-file', file, '--only', 'A01-none')
      expect([code, said]).toEqual([0, expect.stringContaining('1 attacks at 4 surfaces: 0 accepted')])
    }
  })

  test('ends with 2 and one line where there can be no run', async () => {
    const file = join(temporaryFolder(), 'cookie')
    await writeFile(file, 'handstamp-rt=x')
    const cases: [words: string[], line: RegExp][] = [
      [[], /^Usage: npm run attacks/],
      [['--url', 'localhost:3000'], /^Usage: npm run attacks/],
      [['--url', server.origin, '--fast'], /^Usage: npm run attacks/],
      [['--url', server.origin, '--only', 'Z99'], /^There is no attack Z99\. They are: A01-none, /],
      [['--url', 'http://127.0.0.1:9'], /^The app cannot be reached: .*ECONNREFUSED/],
      [['--url', server.origin, '--cookie-file', '/nowhere'], /^\/nowhere cannot be read\.$/m],
      [['--url', server.origin, '--cookie-file', file], /holds no cookie handstamp-at/],
    ]
    const answers = await Promise.all(cases.map(([words]) => run(...words)))
    for (const [i, [words, line]] of cases.entries()) {
      const { code, said } = answers[i] ?? { code: null, said: '' }
      expect([words, code, said]).toEqual([words, 2, expect.stringMatching(line)])
      expect(said.trimEnd().split('\n'), said).toHaveLength(1)
    }
  })

  test('ends with 2 where a good token is refused: such refusals would prove nothing', async () => {
    Object.assign(server.faults, { action: 'refuses-all' })
    const { code, said } = await run('--url', server.origin)
    expect([code, said]).toEqual([
      2,
      expect.stringMatching(/^The good token is not accepted everywhere \(refused: action/),
    ])
    expectNoToken(said)
  })
})

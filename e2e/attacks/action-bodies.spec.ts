// Bodies made to hurt whoever reads a server action's arguments: catalogue 2.N, N05 (CVE-2026-23869, CVE-2026-23870). Next
// reads them, before anything of ours: what counts is that it says no at once, tells nothing, and goes on.
import { type Door, knock } from '../../lib/lab/attacks/door'
import { findProbes } from '../../lib/lab/attacks/surfaces'
import { expect, test } from '../fixtures/test'

const boundary = 'xx'
const form = (parts: readonly (readonly [name: string, value: string])[]) => ({
  headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  body: `${parts
    .map(([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
    .join('')}--${boundary}--\r\n`,
})
const called = (id: string, body: string) => ({
  headers: { 'next-action': id, 'content-type': 'text/plain;charset=UTF-8' },
  body,
})
const calledByForm = (id: string, parts: readonly (readonly [string, string])[]) => {
  const { headers, body } = form(parts)
  return { headers: { ...headers, 'next-action': id }, body }
}
const ring = (size: number, kinds: readonly string[]) =>
  Array.from({ length: size }, (_, at): [string, string] => {
    const next = ((at + 1) % size).toString(16)
    return [String(at), JSON.stringify(kinds.map((kind) => `$${kind}${next}`))]
  })

type Made = { headers: Record<string, string>; body: string }
/** @param id of the one action there is */
const bodies: [name: string, make: (id: string) => Made][] = [
  ['an action that does not exist', () => form([[`$ACTION_ID_${'0'.repeat(42)}`, '']])],
  ['an action of no proper name', () => form([['$ACTION_ID___proto__', '']])],
  ['no action', () => form([['x', 'y']])],
  [
    'a reference to an inherited name',
    () =>
      form([
        ['$ACTION_REF_1', ''],
        ['$ACTION_1:0', '{"id":"constructor","bound":null}'],
      ]),
  ],
  ['what is no form', () => ({ ...form([]), body: 'garbage' })],
  ['a name of an action that is none', () => called('../x', '[]')],
  ['arguments nested 7,000 deep', (id) => called(id, `${'['.repeat(7_000)}${']'.repeat(7_000)}`)],
  ['a number of 15,000 digits', (id) => called(id, `["$n${'9'.repeat(15_000)}"]`)],
  ['maps and sets that hold each other', (id) => calledByForm(id, ring(120, ['Q', 'W', '', '']))],
]

for (const [name, make] of bodies) {
  test(`N05 ${name}: refused at once, and nothing is told`, async ({ app }) => {
    const door: Door = { origin: app.url }
    const id = (await findProbes(door))?.action.replace('$ACTION_ID_', '') ?? ''
    expect(id).not.toBe('')
    const pid = app.pid()
    const start = performance.now()
    const { status, text } = await knock(door, { path: '/lab/probe', method: 'POST', ...make(id) })
    expect(performance.now() - start).toBeLessThan(15_000)
    expect(status).toBeGreaterThanOrEqual(400)
    expect(text).not.toMatch(/\n {4}at |node_modules|\.next\/|said=/)
    expect([app.pid(), (await knock(door, { path: '/api/health/ready' })).status]).toEqual([pid, 200])
    expect(await findProbes(door)).not.toBeNull()
  })
}

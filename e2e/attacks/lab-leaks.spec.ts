// The lab talks of the visitor's live token on every screen, and never holds it: not in HTML, in what the router fetches, in
// scripts, in storage, in a URL or in the log.
import { routes } from '../../lib/core/routes'
import { tamperings } from '../../lib/lab/tampering'
import { expect, test } from '../fixtures/test'

const screens = routes.filter(({ lab, kind }) => lab && kind === 'page').map(({ path }) => path)
const paths = [...screens, ...tamperings.map(({ id }) => `/lab/tamper?change=${id}`)]

test('T16 no screen of the lab holds the live token, to whoever asks and however', async ({ asUser, app }) => {
  expect(screens.length).toBeGreaterThanOrEqual(8)
  const { client, tokens } = await asUser()
  const secrets = [...tokens.access.split('.'), tokens.refresh, tokens.refresh.split('.')[2] ?? '']
  const leaky: string[] = []
  const look = (where: string, text: string) => {
    for (const secret of secrets) if (text.includes(secret)) leaky.push(`${where}: ${secret.slice(0, 6)}…`)
  }
  for (const path of paths) {
    const page = await client.get(path)
    expect([path, page.status]).toEqual([path, 200])
    look(path, page.text)
    look(`${path} by the router`, (await client.get(path, { rsc: '1' })).text)
  }
  for (const path of ['/api/lab/revoke', '/api/lab/attacks']) {
    const answer = await client.post(path, path.endsWith('attacks') ? { only: 'A01-none' } : {})
    expect([path, answer.status]).toEqual([path, 200])
    look(path, answer.text)
  }
  look('the log', app.output())
  expect(leaky).toEqual([])
})

test('T16 in a browser nothing that the lab loads or keeps holds it either', async ({ asUser, context, page }) => {
  const { addTo, tokens } = await asUser()
  await addTo(context)
  const bodies: Promise<[string, string]>[] = []
  page.on('response', (response) => {
    bodies.push(
      response.text().then(
        (text): [string, string] => [response.url(), text],
        // A redirect has no body.
        (): [string, string] => [response.url(), ''],
      ),
    )
  })
  for (const path of screens) await page.goto(path, { waitUntil: 'networkidle' })
  const stored = await page.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]),
  )
  const seen = [...(await Promise.all(bodies)), ['storage', stored] as [string, string]]
  expect(seen.length).toBeGreaterThan(screens.length)
  const secrets = [...tokens.access.split('.'), tokens.refresh]
  const leaky = seen.filter(([url, text]) => secrets.some((secret) => text.includes(secret) || url.includes(secret)))
  expect(leaky.map(([url]) => url)).toEqual([])
})

// The lab shows a token at work and never the token: not in a page, a payload of the router's, a script, what the
// browser stores, an address or the log. What looks like a token there is one of the lab's own.
import type { BrowserContext, Page, Response } from '@playwright/test'
import { routes } from '../../lib/core/routes'
import { openSealedToken } from '../../lib/core/sealed-token'
import { tamperings } from '../../lib/lab/tampering'
import type { App } from '../fixtures/app'
import { type Answer, type Client, openClient } from '../fixtures/client'
import { makePerson, type Person } from '../fixtures/person'
import { openRecords } from '../fixtures/records'
import { secretTexts } from '../fixtures/secret-texts'
import { expect, test } from '../fixtures/test'

const pages = routes.filter(({ lab, kind }) => lab && kind === 'page').map(({ path }) => path)
const changed = tamperings.map(({ id }) => `/lab/tamper?change=${id}`)
const addresses = [...pages, ...changed]

/** All that must stay: each token, what it is made of, and the signature however it is spelled. The header is no secret. */
const secretsOf = async (app: App, { tokens }: Person): Promise<string[]> => {
  const { unsealWith } = (await openRecords(app)).expected
  const opened = unsealWith ? await openSealedToken(tokens.access, unsealWith) : null
  const plain = opened?.ok ? opened.token : tokens.access
  const [, payload = '', signature = ''] = plain.split('.')
  const bytes = Buffer.from(signature, 'base64url')
  const refresh = tokens.refresh.split('.').filter((part) => part.length > 30)
  const sealed = tokens.access.split('.').slice(1)
  const all = [plain, payload, signature, bytes.toString('base64'), bytes.toString('hex'), tokens.refresh]
  return [...all, ...refresh, ...sealed].filter((part) => part.length > 15)
}

type Kept = { where: string; text: string }

/** Keeps every address that the browser asks, what it sends along but cookies, and all that comes back. */
const listen = (context: BrowserContext): (() => Promise<Kept[]>) => {
  const kept: Promise<Kept[]>[] = []
  const read = async (response: Response): Promise<Kept[]> => {
    const where = response.url()
    const { cookie: _, ...asked } = await response.request().allHeaders()
    const { 'set-cookie': __, ...answered } = await response.allHeaders()
    const body = await response.text().catch(() => '')
    return [where, JSON.stringify([asked, answered]), response.request().postData() ?? '', body].map((text) => ({
      where,
      text,
    }))
  }
  context.on('response', (response) => kept.push(read(response).catch(() => [])))
  return async () => (await Promise.all(kept)).flat()
}

const stored = (page: Page): Promise<string> =>
  page.evaluate(async () =>
    JSON.stringify([
      { ...localStorage },
      { ...sessionStorage },
      document.cookie,
      await indexedDB.databases(),
      await caches.keys(),
      window.name,
      history.state,
      performance.getEntries().map(({ name }) => name),
    ]),
  )

/** What the router would ask for: Next leads to the address that it wants for these headers. */
const payloadOf = async (client: Client, address: string): Promise<Answer> => {
  const first = await client.get(`${address}${address.includes('?') ? '&' : '?'}_rsc=1`, { rsc: '1' })
  const led = first.headers.get('location')
  return led === null ? first : client.get(led.slice(led.indexOf('/lab')), { rsc: '1' })
}

const ofLab = (token: string): boolean => {
  const [head = ''] = token.split('.')
  const { typ, cty, alg } = JSON.parse(Buffer.from(head, 'base64url').toString())
  return typ === 'lab+jwt' || (alg === 'dir' && cty === 'JWT')
}

for (const TOKEN_ENCRYPTION of ['off', 'on'])
  test(`no screen of the lab gives away a token, with TOKEN_ENCRYPTION ${TOKEN_ENCRYPTION}`, async ({
    launch,
    browser,
    network,
  }) => {
    test.setTimeout(240_000)
    const app = await launch({ TOKEN_ENCRYPTION })
    const person = await makePerson(await openRecords(app), network)
    const secrets = await secretsOf(app, person)
    expect(secrets.length).toBeGreaterThan(6)
    const context = await browser.newContext({ baseURL: app.url, extraHTTPHeaders: { 'x-forwarded-for': network } })
    await person.addTo(context)
    const heard = listen(context)
    const found: Kept[] = []
    const page = await context.newPage()
    page.on('console', (message) => found.push({ where: 'console', text: message.text() }))

    expect(pages.length).toBeGreaterThanOrEqual(9)
    for (const address of [...pages, '/lab/tamper?change=bit']) {
      await page.goto(address)
      found.push({ where: `stored at ${address}`, text: await stored(page) })
      found.push({ where: `shown at ${address}`, text: await page.content() })
    }
    for (const address of addresses) {
      const payload = await payloadOf(person.client, address)
      expect(payload.headers.get('content-type'), address).toContain('text/x-component')
      for (const { text, headers } of [payload, await person.client.get(address)])
        found.push({ where: `answer to ${address}`, text: text + JSON.stringify([...headers]) })
    }
    // And what its buttons bring.
    await page.goto('/lab/revoke')
    await page.getByRole('button', { name: 'Sign in on a second device' }).click()
    await expect(page.getByRole('status')).toContainText('Pages and handlers')
    await page.goto('/lab/keys')
    await page.getByRole('button', { name: 'Rotate the keys of the lab' }).click()
    await expect(page.getByText('The keys of the lab were rotated.')).toBeVisible()
    await page.goto('/lab/attacks')
    await page.getByRole('button', { name: /^Run all/ }).click()
    await expect(page.getByRole('main').getByRole('status')).toContainText('none accepted', { timeout: 60_000 })
    found.push({ where: 'stored after it all', text: await stored(page) })

    const answers = await heard()
    expect(answers.filter(({ where }) => where.includes('/_next/static/')).length).toBeGreaterThan(5)
    found.push(...answers, { where: 'the log', text: app.output() })
    const leaks = found.filter(({ text }) => secrets.some((secret) => text.includes(secret))).map(({ where }) => where)
    expect([...new Set(leaks)]).toEqual([])
    const foreign = found.flatMap(({ where, text }) =>
      (text.match(/eyJ[\w-]{10,}\.[\w-]*\.[\w-]+(?:\.[\w-]+)*/g) ?? [])
        .filter((token) => !ofLab(token))
        .map((token) => `${where}: ${token.slice(0, 40)}`),
    )
    expect([...new Set(foreign)]).toEqual([])
    // The cookies are still the ones whose parts were looked for.
    const cookies = await context.cookies()
    expect(cookies.map(({ value }) => value)).toContain(person.tokens.access)
    await context.close()
    await app.stop()
  })

test('whoever has no session is shown no twin, also where LAB is public', async ({ launch, network }) => {
  const app = await launch({ LAB: 'public' })
  const stranger = openClient(app.url, network)
  for (const address of addresses) {
    const { text } = await stranger.get(address)
    expect(text, address).toContain('<h1')
    expect(text, address).not.toMatch(secretTexts)
  }
  await app.stop()
})

// Names and flags of the cookies, on http and on https.
import { openClient, password, signUpBy } from '../fixtures/client'
import { openMailbox } from '../fixtures/mailbox'
import { expect, test } from '../fixtures/test'
import { openTlsProxy } from '../fixtures/tls-proxy'

const attributes = (line: string) => line.split('; ').slice(1).sort()

test('on http the cookies are unprefixed, HttpOnly and SameSite=Lax, without a Domain', async ({ client, member }) => {
  const answer = await client.post('/api/auth/sign-in', { email: member.email, password })
  const lines = answer.headers.getSetCookie().filter((line) => !line.includes('Max-Age=0'))
  expect(lines.map((line) => line.split('=')[0])).toEqual([
    'handstamp-at',
    'handstamp-rt',
    'handstamp-device',
    'last-way',
  ])
  for (const line of lines.slice(0, 2)) expect(attributes(line)).toEqual(['HttpOnly', 'Path=/', 'SameSite=Lax'])
  for (const line of lines.slice(2))
    expect(attributes(line)).toEqual(['HttpOnly', 'Max-Age=34560000', 'Path=/', 'SameSite=Lax'])
})

test('a session takes less than 1.5 KB of cookies', async ({ member }) => {
  expect(member.client.header().length).toBeLessThan(1500)
})

test('on https they are Secure and carry the __Host-Http- prefix, in answers and in a real browser', async ({
  browser,
  network,
  launch,
}) => {
  let port = 0
  const proxy = await openTlsProxy(() => port)
  const origin = `https://localhost:${proxy.port}`
  const app = await launch({ APP_URL: origin })
  port = app.port
  try {
    const client = openClient(app.url, network)
    const host = { host: `localhost:${proxy.port}` }
    const context = await browser.newContext({ ignoreHTTPSErrors: true, baseURL: origin })
    const page = await context.newPage()
    await page.goto('/')
    await page.getByRole('button', { name: 'Try it with a demo session' }).first().click()
    await page.waitForURL('**/dashboard')
    const cookies = (await context.cookies()).filter(({ name }) => name.includes('handstamp'))
    expect(cookies.map(({ name }) => name).sort()).toEqual([
      '__Host-Http-handstamp-at',
      '__Host-Http-handstamp-device',
      '__Host-Http-handstamp-rt',
    ])
    for (const cookie of cookies)
      expect(cookie).toMatchObject({ secure: true, httpOnly: true, sameSite: 'Lax', path: '/', domain: 'localhost' })
    expect(await page.evaluate(() => document.cookie)).toBe('')
    const response = await page.goto('/dashboard')
    expect(await response?.headerValue('strict-transport-security')).toMatch(/max-age=\d{8}/)
    // A script can't set a cookie of that name (so none can be planted before sign-in).
    await page.evaluate(() => {
      // biome-ignore lint/suspicious/noDocumentCookie: this is the attack
      document.cookie = '__Host-Http-handstamp-rt=planted; Secure; Path=/'
    })
    expect((await context.cookies()).map(({ value }) => value)).not.toContain('planted')
    // The http name means nothing here.
    const at = cookies.find(({ name }) => name.endsWith('-at'))?.value ?? ''
    expect((await client.get('/api/auth/session', { cookie: `handstamp-at=${at}`, ...host })).status).toBe(401)
    await page.getByRole('button', { name: 'Sign out' }).first().click()
    await page.waitForURL(`${origin}/`)
    const left = (await context.cookies()).filter(({ name }) => name.includes('handstamp'))
    expect(left.map(({ name }) => name)).toEqual(['__Host-Http-handstamp-device'])
    await context.close()
  } finally {
    await app.stop()
    await proxy.close()
  }
})

test('sign-up on http keeps working after sign-out (nothing is left behind but which browser it was, and by which way)', async ({
  app,
  client,
  address,
}) => {
  await signUpBy(client, openMailbox(app.mailDir), address)
  await client.post('/api/auth/sign-out', {})
  expect([...client.cookies.keys()]).toEqual(['handstamp-device', 'last-way'])
  expect((await client.post('/api/auth/sign-in', { email: address, password })).status).toBe(200)
})

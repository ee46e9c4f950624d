// The wrapper of route handlers: origin first, then the body, and every error in words for programs or for people.
import { afterEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Context } from '../auth/context'
import { openTrial, start } from '../auth/testing/trial'
import { AppError } from '../core/errors'
import { emailField, nameField, newPasswordField } from './fields'
import { openFlow } from './flow'
import { json } from './reply'
import { posting, reading } from './route'

const holder: typeof globalThis & { handstampContext?: Promise<Context> } = globalThis
const enter = async () => {
  const trial = await openTrial()
  holder.handstampContext = Promise.resolve(trial)
  return trial
}
afterEach(() => {
  delete holder.handstampContext
})

const sameOrigin = { host: 'localhost:3000', origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' }
const formType = 'application/x-www-form-urlencoded'
const request = (body: string, headers: Record<string, string> = {}) =>
  new Request('http://localhost:3000/api/auth/sign-up', {
    method: 'POST',
    body,
    headers: { ...sameOrigin, 'content-type': 'application/json', ...headers },
  })
const form = (fields: Record<string, string> | string, headers: Record<string, string> = {}) =>
  request(new URLSearchParams(fields).toString(), { 'content-type': formType, ...headers })
const typed = { name: 'Ann', email: 'ann@example.com', password: 'violet anchor mumbles softly' }

const body = z.object({ name: nameField, email: emailField, password: newPasswordField })
const page = { path: '/sign-up', keep: ['name', 'email'] }
/** Answers with the fields as the handler gets them. */
const echo = posting({ body, page }, async ({ fields, form: isForm }) => json(200, { fields, isForm }))
const failing = (error: unknown) => posting({ body, page }, () => Promise.reject(error))
const problemIn = async (response: Response): Promise<Record<string, unknown>> => response.json()

/** The flow that the browser holds after this answer. */
const flowAfter = (context: Context, response: Response) => {
  const [cookie = ''] = response.headers.getSetCookie()
  return openFlow(context, cookie.split(';')[0] ?? '', Date.now())
}

describe('a handler of POST', () => {
  test('gets fields in canonical form and none that it did not ask for', async () => {
    await enter()
    const response = await echo(
      request(
        JSON.stringify({
          ...typed,
          email: ' Ann@EXAMPLE.com ',
          role: 'admin',
          isAdmin: true,
          id: '1',
          __proto__: { x: 1 },
        }),
      ),
    )
    expect(await response.json()).toEqual({ fields: typed, isForm: false })
  })

  test.each([
    ['from another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['with another origin behind a same-origin sign', { origin: 'https://evil.example' }],
  ])('is not reached %s, and nothing else is looked at', async (_name, headers) => {
    await enter()
    for (const sent of [request('{', headers), form('email=a', headers)]) {
      const response = await echo(sent)
      expect(response.status).toBe(403)
      expect(await problemIn(response)).toMatchObject({ code: 'forbidden_origin' })
      expect(response.headers.get('cache-control')).toBe('private, no-store')
    }
  })

  test.each([
    ['an array', ['ann@example.com']],
    ['an object', { $ne: '' }],
    ['a number', 7],
    ['a boolean', true],
    ['null', null],
    ['a very long text', `${'x'.repeat(8000)}@example.com`],
    ['two addresses', 'ann@example.com,bob@example.com'],
  ])('is not reached with %s as address: 422 names the field', async (_name, email) => {
    await enter()
    const response = await echo(request(JSON.stringify({ ...typed, email })))
    expect(response.status).toBe(422)
    expect(await problemIn(response)).toMatchObject({
      code: 'invalid_fields',
      errors: { email: 'Enter one address such as ann@example.com.' },
    })
  })

  test('is not reached with a form field that comes twice', async () => {
    await enter()
    const response = await echo(form('name=Ann&email=a%40example.com&email=b%40example.com&password=x'))
    expect(response.status).toBe(303)
  })
})

describe('a refusal of a form', () => {
  test('leads back to its page with a message and what was typed, never the password', async () => {
    const context = await enter()
    const response = await failing(
      new AppError('invalid_fields', { errors: { password: 'Use at least 15 characters.' } }),
    )(form({ ...typed, next: '/dashboard?tab=1' }))
    expect(response.status).toBe(303)
    const target = new URL(response.headers.get('location') ?? '', 'http://localhost:3000')
    const { flash } = await flowAfter(context, response)
    expect([target.pathname, target.searchParams.get('next'), target.searchParams.get('flash')]).toEqual([
      '/sign-up',
      '/dashboard?tab=1',
      flash?.id,
    ])
    expect(flash).toMatchObject({
      page: '/sign-up',
      code: 'invalid_fields',
      errors: { password: 'Use at least 15 characters.' },
      values: { name: 'Ann', email: 'ann@example.com' },
    })
    expect(JSON.stringify([flash, response.headers.get('location')])).not.toContain(typed.password)
  })

  test('leads nowhere else, whatever `next` says', async () => {
    await enter()
    for (const next of [
      'https://evil.example',
      '//evil.example',
      '/\\evil.example',
      '/api/auth/sign-out',
      'javascript:alert(1)',
    ]) {
      const response = await failing(new AppError('invalid_code'))(form({ ...typed, next }))
      expect(response.headers.get('location')).toMatch(/^\/sign-up\?flash=[A-Za-z0-9_-]+$/)
    }
  })

  test('says how long to wait', async () => {
    const context = await enter()
    const { flash } = await flowAfter(
      context,
      await failing(new AppError('rate_limited', { retryAfter: 90 }))(form(typed)),
    )
    expect(flash?.text).toBe('Too many attempts. Try again in 2 minutes.')
  })
})

describe('a fault of ours', () => {
  test('is a 500 without a word of its cause', async () => {
    await enter()
    const response = await failing(new Error('SELECT secret FROM users'))(request(JSON.stringify(typed)))
    expect(response.status).toBe(500)
    expect(JSON.stringify(await problemIn(response))).not.toContain('secret')
  })

  test('that will pass is a 503 with a time to come back', async () => {
    await enter()
    const response = await failing(new AppError('temporarily_unavailable', { retryAfter: 1 }))(
      request(JSON.stringify(typed)),
    )
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1'])
    expect(response.headers.getSetCookie()).toEqual([])
  })
})

describe('a flow cookie that is no seal of ours', () => {
  const spoilt = { cookie: 'handstamp-flow=a*b*c*d*e*f*g*h~2' }

  test('keeps nobody from a page of ours', async () => {
    await enter()
    const response = await reading(async ({ flow }) => json(200, flow))(
      new Request('http://localhost:3000/api/auth/session', { headers: spoilt }),
    )
    expect([response.status, await response.json()]).toEqual([200, {}])
  })

  test('keeps nobody from signing in by a form', async () => {
    await enter()
    expect((await echo(form(typed, spoilt))).status).toBe(200)
  })

  test('does not turn the refusal of a form into a crash', async () => {
    await enter()
    expect((await failing(new AppError('invalid_code'))(form(typed, spoilt))).status).toBe(303)
  })
})

test('the time of a call is the clock’s, so that a sealed flow ends', async () => {
  await enter()
  const before = Date.now()
  const response = await reading(async ({ now }) => json(200, { now }))(
    new Request('http://localhost:3000/api/auth/session'),
  )
  const { now }: { now: number } = await response.json()
  expect(now).toBeGreaterThanOrEqual(before)
  expect(now).toBeLessThan(start)
})

// Bodies: JSON or a form, small, uncompressed, and with one value for each name or a refusal.
import { describe, expect, test } from 'vitest'
import { isFormType, readBody } from './body'

const url = 'http://localhost:3000/api/auth/sign-in'
const form = 'application/x-www-form-urlencoded'
type Sent = { type?: string; headers?: Record<string, string> }
const post = (body: BodyInit | null, { type, headers = {} }: Sent = {}) =>
  new Request(url, {
    method: 'POST',
    body,
    headers: { ...(type === undefined ? {} : { 'content-type': type }), ...headers },
  })
const json = (text: string, headers: Record<string, string> = {}) => post(text, { type: 'application/json', headers })
const bytes = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(new TextEncoder().encode(text))

describe('a body that is taken', () => {
  test.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON'])(
    'as %s is an object',
    async (type) => {
      expect(await readBody(post('{"email":"ann@example.com","remember":true}', { type }))).toEqual({
        form: false,
        fields: { email: 'ann@example.com', remember: true },
      })
    },
  )

  test('as a form is its fields', async () => {
    expect(await readBody(post('email=ann%40example.com&name=Ann+B', { type: form }))).toEqual({
      form: true,
      fields: { email: 'ann@example.com', name: 'Ann B' },
    })
  })

  test('as a multipart form is its fields', async () => {
    const fields = new FormData()
    fields.set('email', 'ann@example.com')
    expect(await readBody(post(fields))).toEqual({ form: true, fields: { email: 'ann@example.com' } })
  })

  test('that is missing is an empty object', async () => {
    expect(await readBody(post(null))).toEqual({ form: false, fields: {} })
    expect(await readBody(post('', { type: 'application/json' }))).toEqual({ form: false, fields: {} })
  })

  test('of exactly 16 KB is still taken', async () => {
    const text = JSON.stringify({ name: 'x'.repeat(16_384 - 11) })
    expect(text).toHaveLength(16_384)
    expect((await readBody(json(text))).fields.name).toHaveLength(16_384 - 11)
  })
})

describe('a form field that comes twice', () => {
  test('stays a list, so that nobody chooses which one counts', async () => {
    const { fields } = await readBody(post('email=a%40example.com&email=b%40example.com&name=Ann', { type: form }))
    expect(fields).toEqual({ email: ['a@example.com', 'b@example.com'], name: 'Ann' })
  })
})

describe('a JSON body', () => {
  test.each([
    ['with a member twice', '{"email":"a@example.com","email":"b@example.com"}'],
    ['with a member twice in two spellings', '{"email":"a@example.com","em\\u0061il":"b@example.com"}'],
    ['with a member twice further in', '{"a":{"b":1,"b":2}}'],
    ['that is a list', '[{"email":"a@example.com"}]'],
    ['that is a text', '"email"'],
    ['that is null', 'null'],
    ['that is cut', '{"email":"a@exam'],
    ['with something behind it', '{} {}'],
    ['with a byte order mark', '\ufeff{}'],
    ['that is a form', 'email=a'],
  ])('%s is a bad request', async (_name, text) => {
    await expect(readBody(json(text))).rejects.toMatchObject({ code: 'bad_request' })
  })

  test('that is no UTF-8 is a bad request', async () => {
    await expect(
      readBody(post(new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), { type: 'application/json' })),
    ).rejects.toMatchObject({ code: 'bad_request' })
  })

  test('with a member named __proto__ gives nobody a prototype', async () => {
    const { fields } = await readBody(json('{"__proto__":{"admin":true},"constructor":1}'))
    expect(Object.getPrototypeOf(fields)).toBe(Object.prototype)
    expect('admin' in fields).toBe(false)
  })

  test('that is nested as deeply as its size allows is answered in no time', async () => {
    const began = performance.now()
    await readBody(json(`{"a":${'['.repeat(8000)}${']'.repeat(8000)}}`)).catch(() => null)
    expect(performance.now() - began).toBeLessThan(200)
  })
})

describe('a body that is not taken', () => {
  test('over 16 KB is refused', async () => {
    await expect(readBody(json('x'.repeat(16_385)))).rejects.toMatchObject({ code: 'body_too_large' })
  })

  test('is refused while it arrives, long before it has ended', async () => {
    let sent = 0
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 4096
        controller.enqueue(new Uint8Array(4096).fill(0x20))
      },
    })
    const init: RequestInit & { duplex: 'half' } = {
      method: 'POST',
      body: endless,
      duplex: 'half',
      headers: { 'content-type': 'application/json' },
    }
    await expect(readBody(new Request(url, init))).rejects.toMatchObject({ code: 'body_too_large' })
    expect(sent).toBeLessThan(200_000)
  })

  test.each([
    'text/plain',
    'application/xml',
    'application/jsonx',
    'application/json5',
    'application/ld+json',
    'text/html; application/json',
    'multipart/mixed; boundary=x',
    'application/x-www-form-urlencodedx',
  ])('as %s is refused', async (type) => {
    await expect(readBody(post('{}', { type }))).rejects.toMatchObject({ code: 'unsupported_media_type' })
  })

  test('without a type is refused', async () => {
    await expect(readBody(post(bytes('{}')))).rejects.toMatchObject({ code: 'unsupported_media_type' })
  })

  test.each(['gzip', 'br', 'identity', 'deflate, gzip'])('in the encoding %s is refused', async (encoding) => {
    await expect(readBody(json('{}', { 'content-encoding': encoding }))).rejects.toMatchObject({
      code: 'unsupported_media_type',
    })
  })

  test('as a multipart form that is broken is a bad request', async () => {
    for (const type of ['multipart/form-data', 'multipart/form-data; boundary=other']) {
      await expect(readBody(post('--x\r\nnonsense', { type }))).rejects.toMatchObject({ code: 'bad_request' })
    }
  })
})

test('only the two types of forms are forms', () => {
  for (const type of [form, `${form};charset=UTF-8`, 'multipart/form-data; boundary=x', 'MULTIPART/FORM-DATA'])
    expect(isFormType(type)).toBe(true)
  for (const type of ['', 'application/json', 'multipart/form-datax', `x${form}`]) expect(isFormType(type)).toBe(false)
})

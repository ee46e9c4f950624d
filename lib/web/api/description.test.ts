// The API description: a valid OpenAPI 3.1 document that leaves out no handler and invents none.
import { Validator } from '@seriousme/openapi-schema-validator'
import { describe, expect, test } from 'vitest'
import { findHandlers } from '../../../scripts/check-routes'
import { matchRoute } from '../../core/routes'
import { describeApi } from './description'
import { operations } from './operations'

const document = describeApi({ APP_URL: 'https://app.example', secure: true }, '1.2.3')

/** Pages of a kind, for people alone: what leads on from a mailed link, and what stands in for a page. */
const forPeople = [
  '/verify-email/link',
  '/not-me/link',
  '/reset-password/link',
  '/undo-email/link',
  '/undo-deletion/link',
  '/api/auth/oidc/[id]/callback',
  '/unavailable',
]

describe('the description of the API', () => {
  test('is a valid OpenAPI 3.1 document', async () => {
    const { valid, errors } = await new Validator().validate(JSON.parse(JSON.stringify(document)))
    expect(errors ?? []).toEqual([])
    expect(valid).toBe(true)
    expect(document.servers).toEqual([{ url: 'https://app.example' }])
    expect(document.components.securitySchemes.session.name).toBe('__Host-Http-handstamp-at')
  })

  test('has every method of every handler under app/, and nothing else', () => {
    const found = findHandlers('app')
      .filter(({ path }) => !forPeople.includes(path) && !path.startsWith('/api/lab'))
      .flatMap(({ path, methods }) => methods.map((method) => `${method} ${path}`))
    expect(operations.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(found.sort())
    for (const { method, path } of operations) expect(matchRoute(path.replace('[id]', 'x'))?.methods).toContain(method)
  })

  test('names each operation once', () => {
    const ids = Object.values(document.paths).flatMap((methods) => Object.values(methods).map((one) => one.operationId))
    expect(new Set(ids).size).toBe(operations.length)
  })

  test('says for each call that changes something how a foreign page and a wrong body are refused', () => {
    for (const { method, path } of operations.filter(({ method }) => method === 'POST' || method === 'DELETE')) {
      const { responses } = document.paths[path.replace('[id]', '{id}')]?.[method.toLowerCase()] ?? { responses: {} }
      expect([path, Object.keys(responses)]).toEqual([path, expect.arrayContaining(['403', '413', '415', '503'])])
    }
  })

  test('takes what the handlers take: a name beyond the contract is not asked for', () => {
    const { SignIn } = document.components.schemas
    expect(SignIn).toMatchObject({ type: 'object', required: ['email', 'password'] })
    expect(SignIn).not.toHaveProperty('additionalProperties')
  })
})

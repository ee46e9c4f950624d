// @vitest-environment edge-runtime
import { describe, expect, test } from 'vitest'
import { AppError, type ErrorCode, problemOf, refusals } from './errors'

const codes = Object.keys(refusals) as ErrorCode[]

describe('a problem', () => {
  test.each(codes.map((code) => [code]))('%s has type, title, status and code, and nothing else', (code) => {
    const { status, body, headers } = problemOf(code)
    expect(body).toEqual({ type: 'about:blank', title: refusals[code].title, status, code })
    expect(headers).toEqual({
      'content-type': 'application/problem+json; charset=utf-8',
      'cache-control': 'private, no-store',
    })
    expect(status).toBe(refusals[code].status)
    expect(status).toBeGreaterThanOrEqual(400)
  })

  test('has the details it was given, each under its own name', () => {
    const { body } = problemOf('invalid_fields', {
      errors: { email: 'Enter an address.' },
      detail: 'd',
      reason: 'idle',
    })
    expect(body).toEqual({
      ...problemOf('invalid_fields').body,
      errors: { email: 'Enter an address.' },
      detail: 'd',
      reason: 'idle',
    })
  })

  test('has no extra members, whatever else an error carries', () => {
    const details = { errors: { a: 'b' }, stack: 'at x', password: 'hunter2', cause: new Error('sql') }
    expect(Object.keys(problemOf('internal_error', details).body).sort()).toEqual([
      'code',
      'errors',
      'status',
      'title',
      'type',
    ])
    expect(JSON.stringify(problemOf('internal_error', details))).not.toMatch(/hunter2|sql|at x/)
  })

  test('tells when to try again in a header, also when that is now', () => {
    expect(problemOf('rate_limited', { retryAfter: 7 }).headers['retry-after']).toBe('7')
    expect(problemOf('rate_limited', { retryAfter: 0 }).headers['retry-after']).toBe('0')
    expect(problemOf('rate_limited', { retryAfter: 7 }).body).not.toHaveProperty('retryAfter')
  })

  test('says the same of every token defect', () => {
    expect(problemOf('unauthenticated')).toEqual(problemOf('unauthenticated', {}))
  })
})

describe('an AppError', () => {
  test('is an Error whose code is the contract and whose message is for the log', () => {
    const cause = new Error('locked')
    const error = new AppError(
      'temporarily_unavailable',
      { detail: 'the database is locked', retryAfter: 1 },
      { cause },
    )
    expect(error).toBeInstanceOf(Error)
    expect(error).toMatchObject({
      name: 'AppError',
      code: 'temporarily_unavailable',
      message: 'the database is locked',
      cause,
    })
    expect(new AppError('not_found').message).toBe('not_found')
  })
})

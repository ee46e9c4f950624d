// What a driver's error means: whether waiting helps, and whether anything can have been written.
import { describe, expect, test } from 'vitest'
import { driverCode, isUniqueViolation, troubleOf, withoutSecrets } from './trouble'

const coded = (code: string, message = 'x') => Object.assign(new Error(message), { code })

describe('trouble', () => {
  test.each([
    ...['SQLITE_BUSY', 'SQLITE_BUSY_SNAPSHOT', 'SQLITE_LOCKED', '40001', '40P01', '55P03'].map((code) => [
      code,
      'passing',
    ]),
    ...['57P03', '57014', '53300', 'ECONNREFUSED', 'EAI_AGAIN'].map((code) => [code, 'passing']),
    ...['57P01', '57P02', '08006', '08003', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT'].map((code) => [code, 'broken']),
    ...['SQLITE_FULL', 'SQLITE_READONLY', '53100', '53200', '25006', '28P01', '3D000', 'ENOTFOUND'].map((code) => [
      code,
      'unusable',
    ]),
    ...['SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY', '23505'].map((code) => [code, 'unique']),
    ...['SQLITE_CONSTRAINT_FOREIGNKEY', '23503', '42P01', '22021', 'ENOENT', ''].map((code) => [code, 'other']),
  ])('%s is %s', (code = '', trouble) => {
    expect(troubleOf(coded(code))).toBe(trouble)
    expect(troubleOf(new Error('outer', { cause: coded(code) }))).toBe(trouble)
  })

  test.each([
    ['timeout exceeded when trying to connect', 'passing'],
    ['Connection terminated due to connection timeout', 'passing'],
    ['Connection terminated unexpectedly', 'broken'],
    ['Connection terminated', 'broken'],
    ['Query read timeout', 'broken'],
    ['something else', 'other'],
  ])('without a code, "%s" is %s', (message, trouble) => {
    expect(troubleOf(new Error('Failed query', { cause: new Error(message) }))).toBe(trouble)
  })
})

describe('the code of a driver error', () => {
  test('is found inside what drizzle wraps around it', () => {
    const outer = new Error('outer', { cause: new Error('between', { cause: coded('SQLITE_CONSTRAINT_UNIQUE') }) })
    expect(driverCode(outer)).toBe('SQLITE_CONSTRAINT_UNIQUE')
    expect(isUniqueViolation(outer)).toBe(true)
  })

  test('is empty for anything else', () => {
    for (const error of [new Error('x'), coded('ENOENT'), 'text', null, undefined]) {
      expect(driverCode(error)).toBe('')
      expect(isUniqueViolation(error)).toBe(false)
    }
  })
})

describe('an error without its secrets', () => {
  test('keeps the code and where it happened, and nothing that it quotes', () => {
    const inner = Object.assign(coded('23505', 'duplicate "ann@example.com"'), {
      detail: 'Key (email)=(ann@example.com) already exists.',
      table: 'users',
      constraint: 'users_email',
    })
    const safe = withoutSecrets(new Error('Failed query: … params: ann@example.com', { cause: inner }))
    expect(safe).toMatchObject({
      code: '23505',
      message: 'Postgres: it refused a statement (23505 users users_email)',
    })
    expect(isUniqueViolation(safe)).toBe(true)
  })

  test('is the same error where it is not Postgres’ own', () => {
    for (const error of [new Error('x'), coded('SQLITE_BUSY'), 'text']) expect(withoutSecrets(error)).toBe(error)
  })
})

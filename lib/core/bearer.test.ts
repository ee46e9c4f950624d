// @vitest-environment edge-runtime
import { expect, test } from 'vitest'
import { readBearer } from './bearer'

test.each([
  ['Bearer abc', 'abc'],
  ['bearer abc', 'abc'],
  ['BEARER  a.b-c_d~e+f/g==', 'a.b-c_d~e+f/g=='],
  ['Bearer', ''],
  ['Bearer ', ''],
  ['Bearer a b', ''],
  ['Bearer a,b', ''],
  ['Bearer a, Bearer b', ''],
  ['Bearer "a"', ''],
  ['Bearer ä', ''],
  ['Bearer a\tb', ''],
  [null, null],
  ['', null],
  ['Basic abc', null],
  ['Bearers abc', null],
  ['DPoP abc', null],
  ['abc', null],
])('of the header %j the bearer token is %j', (header, token) => {
  expect(readBearer(header)).toBe(token)
})

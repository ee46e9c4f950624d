// N07, K17, F07: whoever asks from however many networks, one address gets few mails, and what they are about still works.
import { expect, test } from 'vitest'
import type { Client } from './context'
import { askForCode } from './email-sign-in'
import { forgotPassword } from './forgot-password'
import { signUp } from './sign-up'
import { enrol, noCookies, password } from './testing/people'
import { signIn } from './testing/sign-in'
import { type Installation, mallory, openTrial, start } from './testing/trial'

const email = 'ann@example.com'
const from = (i: number): Client => ({ ...mallory, ip: `10.0.${i}.1`, network: `10.0.${i}.1` })
const device = (i: number) => `AAECAwQFBgcICQoLDA0${String(i).padStart(3, '0')}`

type Way = [name: string, most: number, ask: (trial: Installation, i: number) => Promise<unknown>]
const ways: Way[] = [
  ['sign-ups of a known address', 3, (trial, i) => signUp(trial, { name: 'Eve', email, password }, from(i), start)],
  ['links for a new password', 3, async (trial, i) => (await forgotPassword(trial, email, from(i), start)).mailing],
  [
    'codes to sign in',
    6,
    async (trial, i) => (await askForCode(trial, { email, remember: false }, from(i), start)).mailing,
  ],
  [
    'notices of new browsers, by who knows the password',
    6,
    (trial, i) =>
      signIn(trial, { email, password, remember: false }, noCookies, { ...from(i), device: device(i) }, start),
  ],
]

test.each(ways)(
  '%s: of a hundred requests at most %i mails in an hour',
  { timeout: 60_000 },
  async (_name, most, ask) => {
    const trial = await openTrial()
    await enrol(trial, { email, password })
    for (let i = 0; i < 100; i++) await ask(trial, i)
    const mails = trial.mails.filter(({ to }) => to === email)
    expect(mails.length).toBeGreaterThan(0)
    expect(mails.length).toBeLessThanOrEqual(most)
    expect((await signIn(trial, { email, password, remember: false }, noCookies, from(200), start)).user.email).toBe(
      email,
    )
  },
)

test('sign-ups of an address that nobody has: of a hundred at most three mails in an hour', {
  timeout: 60_000,
}, async () => {
  const trial = await openTrial()
  for (let i = 0; i < 100; i++) await signUp(trial, { name: 'Eve', email, password }, from(i), start)
  expect(trial.mails.length).toBeGreaterThan(0)
  expect(trial.mails.length).toBeLessThanOrEqual(3)
})

// NextAuth 4 and its successor, Auth.js 5: an encrypted JWT in a cookie, opened at the edge and again in the page.

import { openJar, post } from './cookie-jar'
import { authSecret } from './handstamp'
import { email, nextStart, password, type SignedIn, type Subject } from './subject'

/** By the credentials form, as its own page sends it. */
const signIn = async (url: string): Promise<SignedIn> => {
  const jar = openJar(url)
  const { csrfToken }: { csrfToken: string } = JSON.parse((await jar.send('/api/auth/csrf')).text)
  await post(jar, '/api/auth/callback/credentials', new URLSearchParams({ csrfToken, email, password, json: 'true' }))
  return { cookie: jar.header(), marker: email }
}

export const nextAuth4: Subject = {
  name: 'next-auth-4',
  label: 'next-auth 4',
  how: '`next-auth/middleware` on the edge, `getServerSession()` in the page; JWT sessions',
  layers: ['layout', 'settings', 'next-auth-4'],
  serve: nextStart,
  env: (port) => ({ NEXTAUTH_URL: `http://localhost:${port}`, NEXTAUTH_SECRET: authSecret }),
  signIn,
}

export const nextAuth5: Subject = {
  ...nextAuth4,
  name: 'next-auth-5',
  label: 'next-auth 5',
  how: '`auth` as the edge middleware, `auth()` in the page; JWT sessions',
  layers: ['layout', 'settings', 'next-auth-5'],
  env: (port) => ({ AUTH_URL: `http://localhost:${port}`, AUTH_SECRET: authSecret, AUTH_TRUST_HOST: 'true' }),
}

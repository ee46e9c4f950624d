// Better Auth on SQLite: the edge looks whether there is a cookie, the page asks for the session.
import { join } from 'node:path'
import { openJar, post } from './cookie-jar'
import { authSecret } from './handstamp'
import { email, nextStart, password, type Subject } from './subject'

const betterAuthEnv = (port: number, data: string, cache: 'on' | 'off') => ({
  BETTER_AUTH_URL: `http://localhost:${port}`,
  BETTER_AUTH_SECRET: authSecret,
  DATABASE_FILE: join(data, 'better-auth.db'),
  COOKIE_CACHE: cache,
})

export const betterAuth: Subject = {
  name: 'better-auth',
  label: 'better-auth',
  how: '`getSessionCookie()` on the edge (no check), `auth.api.getSession()` in the page, from SQLite',
  layers: ['layout', 'settings', 'better-auth'],
  serve: nextStart,
  env: (port, data) => betterAuthEnv(port, data, 'off'),
  signIn: async (url) => {
    const jar = openJar(url)
    await post(jar, '/api/auth/sign-up/email', { name: 'Bench', email, password })
    return { cookie: jar.header(), marker: email }
  },
}

/** The same app: whether the cache is on is a setting at run time. */
export const betterAuthCached: Subject = {
  ...betterAuth,
  label: 'better-auth, cookie cache',
  how: 'the same with `cookieCache`: the page believes a signed cookie for five minutes, an ended session too',
  env: (port, data) => betterAuthEnv(port, data, 'on'),
}

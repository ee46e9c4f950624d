// Sessions that are all in the cookie: iron-session's seal, and the HS256 token of nextjs/saas-starter.
import { openJar, post } from './cookie-jar'
import { authSecret } from './handstamp'
import { email, nextStart, type SignedIn, type Subject } from './subject'

const signIn = async (url: string): Promise<SignedIn> => {
  const jar = openJar(url)
  await post(jar, '/sign-in', { email })
  return { cookie: jar.header(), marker: email }
}

export const ironSession: Subject = {
  name: 'iron-session',
  label: 'iron-session',
  how: '`getIronSession()` on the edge and again in the page',
  layers: ['layout', 'settings', 'iron-session'],
  serve: nextStart,
  env: () => ({ SESSION_PASSWORD: authSecret }),
  signIn,
}

export const saasStarter: Subject = {
  name: 'saas-starter',
  label: 'saas-starter pattern',
  how: 'HS256 by jose, verified and signed anew on the edge with each GET, verified again in the page; no look-up',
  layers: ['layout', 'settings', 'saas-starter'],
  serve: nextStart,
  env: () => ({ AUTH_SECRET: authSecret }),
  signIn,
}

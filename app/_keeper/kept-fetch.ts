// fetch for signed-in pages: a call that is refused for want of a session is sent once more after one refresh.
import { renew } from './ask'
import { isPageUser } from './page-user'

const isUnauthenticated = async (response: Response): Promise<boolean> => {
  if (response.status !== 401 || new URL(response.url).origin !== location.origin) return false
  const problem = await response
    .clone()
    .json()
    .catch(() => null)
  return problem?.code === 'unauthenticated'
}

/**
 * As `fetch`. Nothing but a 401 `unauthenticated` of our own is tried again, and that once: any other answer comes back
 * as it is, problem details (RFC 9457) included.
 * @example const response = await keptFetch('/api/notes', { method: 'POST', body: JSON.stringify(note) })
 */
export const keptFetch = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
  const request = new Request(input, init)
  const response = await fetch(request.clone())
  if (!(await isUnauthenticated(response))) return response
  // Under the lock: looking who is there renews what is spent, and another tab may have done so.
  const renewed = await renew(0)
  // Somebody else may have signed in here meanwhile: what this page sends is not theirs.
  return renewed.is === 'here' && isPageUser(renewed.word.user) ? fetch(request) : response
}

// Signs in as a browser would: keeps the cookies of each answer and brings them to the next call.
export type Jar = {
  send: (path: string, init?: RequestInit) => Promise<{ status: number; text: string }>
  /** The Cookie header as it stands. */
  header: () => string
}

export const openJar = (url: string): Jar => {
  const cookies = new Map<string, string>()
  const header = () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const keep = (line: string) => {
    const [pair = ''] = line.split(';')
    const cut = pair.indexOf('=')
    const [name, value] = [pair.slice(0, cut), pair.slice(cut + 1)]
    if (value === '' || /;\s*max-age=0/i.test(line)) cookies.delete(name)
    else cookies.set(name, value)
  }
  return {
    header,
    send: async (path, init = {}) => {
      const headers = { origin: url, 'sec-fetch-site': 'same-origin', cookie: header(), ...init.headers }
      const response = await fetch(url + path, { redirect: 'manual', ...init, headers })
      for (const line of response.headers.getSetCookie()) keep(line)
      return { status: response.status, text: await response.text() }
    },
  }
}

/** Posts a form or, with an object that is none, JSON. */
export const post = async (jar: Jar, path: string, body: URLSearchParams | object): Promise<string> => {
  const isForm = body instanceof URLSearchParams
  const { status, text } = await jar.send(path, {
    method: 'POST',
    headers: { 'content-type': isForm ? 'application/x-www-form-urlencoded' : 'application/json' },
    body: isForm ? body : JSON.stringify(body),
  })
  if (status >= 400) throw new Error(`${path} answered ${status}: ${text.slice(0, 200)}`)
  return text
}

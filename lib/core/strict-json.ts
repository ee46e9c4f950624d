// JSON objects as a token may hold them: UTF-8 without BOM, no member twice (RFC 7515 §4, RFC 7519 §4).

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** End (exclusive) of the string literal that starts at `start`; the text is known to be valid JSON. */
const endOfString = (text: string, start: number): number => {
  let at = start + 1
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return at + 1
}

const followedByColon = (text: string, from: number): boolean => {
  let at = from
  while (text[at] === ' ' || text[at] === '\t' || text[at] === '\n' || text[at] === '\r') at++
  return text[at] === ':'
}

/** Whether any object in valid JSON names a member twice, compared after unescaping ("s\u0075b" is "sub"). */
const hasDuplicateMember = (text: string): boolean => {
  const seen: Set<string>[] = []
  for (let at = 0; at < text.length; at++) {
    const character = text[at]
    if (character === '{' || character === '[') seen.push(new Set())
    else if (character === '}' || character === ']') seen.pop()
    else if (character === '"') {
      const end = endOfString(text, at)
      if (followedByColon(text, end)) {
        const name: string = JSON.parse(text.slice(at, end))
        const members = seen.at(-1)
        if (members?.has(name)) return true
        members?.add(name)
      }
      at = end - 1
    }
  }
  return false
}

/** Bytes → a plain object whose own members are exactly those written, or `null`. */
export const parseStrictJsonObject = (bytes: Uint8Array): ReadonlyMap<string, unknown> | null => {
  try {
    const text = utf8.decode(bytes)
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
    // A Map, so that a member named __proto__ is data and a missing one is never an inherited one.
    return hasDuplicateMember(text) ? null : new Map(Object.entries(value))
  } catch {
    return null
  }
}

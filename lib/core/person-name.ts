// A person's name as we keep it: theirs to choose, but one line and no control over the page or a mail header.

const unseen = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u

/** NFC, trimmed; `null` when empty, longer than 80 characters or holding control characters. */
export const personName = (typed: string): string | null => {
  if (typed.length > 320) return null
  const name = typed.normalize('NFC').trim()
  const length = [...name].length
  return length >= 1 && length <= 80 && !unseen.test(name) ? name : null
}

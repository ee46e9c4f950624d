// Proving who one is without leaving the page: signing in again, and confirming for something sensitive.
import { readWord } from './ask'
import { close } from './dialog'
import { keptFetch } from './kept-fetch'
import { offerPasskey } from './passkey-proof'
import { prompt, refusalWords } from './prompt'
import type { Word } from './standing'

const json = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})

const oneMoreStep = 'One more step is needed. Sign in in another tab, then this one goes on.'

/** @param taken what the server says of the session that began */
export const signInAgain = (taken: (word: Word) => void): Promise<boolean> =>
  prompt('sign-in', async (typed) => {
    const [email, password] = [typed.get('again-email'), typed.get('again-password')]
    const response = await fetch('/api/auth/sign-in', json({ email, password, remember: typed.has('again-remember') }))
    if (!response.ok) return refusalWords(response)
    const word = await readWord(response)
    if (word) taken(word)
    return word ? null : oneMoreStep
  })

/** @param ended the session turned out to be over @returns whether it was confirmed */
export const confirm = (taken: (word: Word) => void, ended: () => void): Promise<boolean> => {
  const send = async (path: string, proof: unknown): Promise<string | null> => {
    const response = await keptFetch(path, json(proof))
    if (response.ok) {
      const word = await readWord(response)
      if (word) taken(word)
      return null
    }
    const copy = response.clone()
    const problem = await copy.json().catch(() => null)
    if (problem?.code === 'unauthenticated') ended()
    return refusalWords(response)
  }
  const byPasskey = async (assertion: unknown) => {
    const fault = await send('/api/auth/passkeys/reauthenticate', { assertion })
    if (fault === null) close('confirm', true)
    return fault
  }
  return prompt(
    'confirm',
    (typed) => {
      const password = typed.get('confirm-password')
      return send('/api/auth/reauthenticate', password === null ? {} : { password })
    },
    (dialog, signal) => void offerPasskey(dialog, signal, byPasskey),
  )
}

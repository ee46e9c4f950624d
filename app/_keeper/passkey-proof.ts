// The passkey as a proof in the dialog that asks for one: offered to who has one. Nobody is asked for a password that
// they don't have.
import { complain, once } from './dialog'

const options = '/api/auth/passkeys/reauthenticate/options'

const ask = async (signal: AbortSignal): Promise<{ password: boolean; options: unknown } | null> => {
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}', signal }
  // Without an answer the dialog stays as it is.
  const response = await fetch(options, init).catch(() => null)
  return response?.ok ? response.json() : null
}

const show = (dialog: HTMLDialogElement, name: string, shown: boolean) => {
  for (const part of dialog.querySelectorAll<HTMLElement>(`[data-proof="${name}"]`)) part.hidden = !shown
}

/** @param prove sends what the passkey signed @returns words for people when it was refused, else null */
export const offerPasskey = async (
  dialog: HTMLDialogElement,
  signal: AbortSignal,
  prove: (assertion: unknown) => Promise<string | null>,
): Promise<void> => {
  // A demo user has nothing to prove: one press is enough.
  if (!dialog.querySelector('[data-proof]')) return
  const answer = await ask(signal)
  if (!answer || signal.aborted) return
  const possible = answer.options !== null && 'PublicKeyCredential' in window
  show(dialog, 'password', answer.password)
  show(dialog, 'passkey', possible)
  show(dialog, 'elsewhere', !answer.password)
  const submit = dialog.querySelector<HTMLElement>('button[type="submit"]')
  if (submit) submit.hidden = !answer.password
  const button = dialog.querySelector<HTMLElement>('[data-proof="passkey"]')
  const press = once(button, async () => {
    complain(dialog, '')
    const { takePasskey } = await import('../_passkeys/ceremony')
    const outcome = await takePasskey(options)
    const fault = 'made' in outcome ? await prove(JSON.parse(outcome.made)) : outcome.fault
    if (fault) complain(dialog, fault)
  })
  button?.addEventListener('click', () => void press(), { signal })
  if (possible && !answer.password) button?.focus()
}

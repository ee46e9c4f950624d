// Asks for the password in a dialog until the server takes it or the person gives up.
import { waitInWords } from '@/lib/web/wait-in-words'
import { close, complain, type Name, once, open } from './dialog'

const unreachable = 'That did not get through. Nothing was lost: try again in a moment.'

/** A refusal as people read it. */
export const refusalWords = async (response: Response): Promise<string> => {
  const problem = await response.json().catch(() => null)
  const wait = Number(response.headers.get('retry-after'))
  const words = problem?.detail ?? Object.values(problem?.errors ?? {})[0] ?? problem?.title ?? unreachable
  return response.status === 429 ? `${words} Try again ${waitInWords(wait)}.` : words
}

/**
 * @param send tries what was typed in the dialog's form @returns words for people when it was refused, else null
 * @param more offers another proof in the same dialog
 * @returns whether it was taken
 */
export const prompt = async (
  name: Name,
  send: (typed: FormData) => Promise<string | null>,
  more?: (dialog: HTMLDialogElement, signal: AbortSignal) => void,
): Promise<boolean> => {
  const taken = await open(name, (dialog, signal) => {
    const form = dialog.querySelector('form')
    const password = dialog.querySelector<HTMLInputElement>('input[type="password"]')
    const mark = (fault: string) => {
      complain(dialog, fault)
      if (fault === '') password?.removeAttribute('aria-invalid')
      else password?.setAttribute('aria-invalid', 'true')
    }
    const submit = once(dialog.querySelector('button[type="submit"]'), async () => {
      if (!form) return
      const fault = await send(new FormData(form)).catch(() => unreachable)
      if (fault === null) return close(name, true)
      mark(fault)
      password?.select()
    })
    mark('')
    more?.(dialog, signal)
    form?.addEventListener(
      'submit',
      (event) => {
        event.preventDefault()
        void submit()
      },
      { signal },
    )
    // What was typed stays with the dialog for no longer than the dialog.
    signal.addEventListener('abort', () => form?.reset())
  })
  return taken ?? false
}

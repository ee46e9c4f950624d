// The keeper's dialogs, which the server rendered: finds them, opens one at a time, says what went wrong in them.

export type Name = 'idle' | 'end' | 'sign-in' | 'confirm' | 'stranger'

const all = () => document.querySelectorAll<HTMLDialogElement>('dialog[data-keeper]')

const dialogOf = (name: Name): HTMLDialogElement | null =>
  document.querySelector<HTMLDialogElement>(`dialog[data-keeper="${name}"]`)

export const isAnyOpen = (): boolean => [...all()].some(({ open }) => open)

/** @param done what it was opened for has happened */
export const close = (name: Name, done = false): void => {
  const dialog = dialogOf(name)
  if (dialog?.open) dialog.close(done ? 'done' : '')
}

/** Puts words into the dialog's alert; empty words take it away. */
export const complain = (dialog: HTMLDialogElement, text: string): void => {
  const alert = dialog.querySelector('[role="alert"]')
  if (alert) alert.textContent = text
}

/** A press that is being answered counts once. @returns what to do of it, which does nothing meanwhile */
export const once = (button: Element | null, work: () => Promise<void>): (() => Promise<void>) => {
  let going = false
  return async () => {
    if (going) return
    going = true
    button?.setAttribute('aria-disabled', 'true')
    await work().finally(() => {
      going = false
      button?.removeAttribute('aria-disabled')
    })
  }
}

/**
 * Opens a dialog in place of any other of ours.
 * @returns whether it ended with what it was opened for; null when it is open already or not on this page
 */
export const open = (name: Name, ready: (dialog: HTMLDialogElement, signal: AbortSignal) => void) => {
  const dialog = dialogOf(name)
  if (!dialog || dialog.open) return null
  for (const other of all()) if (other.open) other.close('')
  const life = new AbortController()
  const { signal } = life
  dialog.returnValue = ''
  complain(dialog, '')
  ready(dialog, signal)
  dialog.querySelector('[data-cancel]')?.addEventListener('click', () => dialog.close(''), { signal })
  const closed = new Promise<boolean>((resolve) => {
    dialog.addEventListener(
      'close',
      () => {
        life.abort()
        resolve(dialog.returnValue === 'done')
      },
      { signal },
    )
  })
  dialog.showModal()
  return closed
}

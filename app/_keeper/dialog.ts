// The keeper's dialogs, which the server rendered: finds them, opens one at a time, says what went wrong in them.

export type Name = 'idle' | 'end' | 'sign-in' | 'confirm' | 'stranger'

const all = () => document.querySelectorAll<HTMLDialogElement>('dialog[data-keeper]')

const dialogOf = (name: Name): HTMLDialogElement | null =>
  document.querySelector<HTMLDialogElement>(`dialog[data-keeper="${name}"]`)

export const isAnyOpen = (): boolean => [...all()].some(({ open }) => open)

/** How each open dialog is closed. Its own `close` event comes with the next frame, which a hidden tab never draws. */
const closers = new Map<HTMLDialogElement, (done: boolean) => void>()

/** @param done what it was opened for has happened */
export const close = (name: Name, done = false): void => {
  const dialog = dialogOf(name)
  if (dialog) closers.get(dialog)?.(done)
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
export const open = (
  name: Name,
  ready: (dialog: HTMLDialogElement, signal: AbortSignal) => void,
): Promise<boolean> | null => {
  const dialog = dialogOf(name)
  if (!dialog || dialog.open) return null
  for (const shut of [...closers.values()]) shut(false)
  const life = new AbortController()
  const { signal } = life
  const closed = new Promise<boolean>((resolve) => {
    closers.set(dialog, (done) => {
      closers.delete(dialog)
      life.abort()
      dialog.close()
      resolve(done)
    })
  })
  complain(dialog, '')
  ready(dialog, signal)
  dialog.querySelector('[data-cancel]')?.addEventListener('click', () => close(name), { signal })
  dialog.addEventListener('cancel', (event) => event.defaultPrevented || close(name), { signal })
  // A late event of the time before is none of this one's.
  dialog.addEventListener('close', () => dialog.open || close(name), { signal })
  dialog.showModal()
  return closed
}

// Warns that the session is about to end, and counts down. The count is for the eyes; ears are told now and then.
import { close, complain, once, open } from './dialog'

/** Seconds left at which it is said aloud again. */
const spoken = new Set([60, 30, 10])

/** @example clockOf(119) // '1:59' */
export const clockOf = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`

/** @example inWords(90) // '2 minutes' */
export const inWords = (seconds: number): string =>
  seconds > 60 ? `${Math.ceil(seconds / 60)} minutes` : seconds === 60 ? '1 minute' : `${seconds} seconds`

type Warning = {
  /** The end is one that nothing moves. */
  final: boolean
  left: () => number
  /** @returns whether the session goes on */
  stay: () => Promise<boolean>
}

export const warn = ({ final, left, stay }: Warning): void => {
  void open(final ? 'end' : 'idle', (dialog, signal) => {
    const [shown, said] = [dialog.querySelector('[data-left]'), dialog.querySelector('[role="status"]')]
    const tick = (first = false) => {
      const seconds = Math.max(0, Math.ceil(left() / 1000))
      if (shown) shown.textContent = clockOf(seconds)
      if (said && (first || spoken.has(seconds))) said.textContent = `${inWords(seconds)} left`
    }
    tick(true)
    const timer = setInterval(tick, 1000)
    signal.addEventListener('abort', () => clearInterval(timer))
    if (final) return
    const button = dialog.querySelector('[data-stay]')
    const press = once(button, async () => {
      if (await stay()) close('idle', true)
      else complain(dialog, 'That did not get through. Try again.')
    })
    button?.addEventListener('click', () => void press(), { signal })
    // Whoever presses Escape is here.
    dialog.addEventListener(
      'cancel',
      (event) => {
        event.preventDefault()
        void press()
      },
      { signal },
    )
  })
}

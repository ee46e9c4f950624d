// Guards forms marked `data-held` and `data-fresh`: what is typed in them survives an ended session, and goes through once.
import type { Asked } from './ask'

type Guard = {
  ask: () => Promise<Asked>
  /** Whether the page's own user is the one who is signed in; says so to people when not. */
  isOurs: (asked: Asked & { is: 'here' }) => boolean
  isFresh: () => boolean
  /** Each: whether it came to a good end. */
  signInAgain: () => Promise<boolean>
  confirm: () => Promise<boolean>
}

/** A form that was sent natively is not sent again meanwhile, milliseconds. */
const patience = 15_000

export const guardForms = ({ ask, isOurs, isFresh, signInAgain, confirm }: Guard): { isHolding: () => boolean } => {
  let asking = 0
  const held = new Set<HTMLFormElement>()
  let passing: { form: HTMLFormElement; event?: SubmitEvent } | undefined

  const mayGo = async ({ dataset }: HTMLFormElement): Promise<boolean> => {
    const asked = await ask()
    // A form that nobody could ask about goes its native way: the server decides then.
    if (asked.is === 'unknown') return true
    if (asked.is === 'gone') return signInAgain()
    if (!isOurs(asked)) return false
    return dataset.fresh === undefined || isFresh() || confirm()
  }

  /** @returns whether the browser is on its way with it, rather than a script */
  const send = (form: HTMLFormElement, submitter: HTMLElement | null): boolean => {
    passing = { form }
    form.requestSubmit(submitter?.isConnected && !submitter.matches(':disabled') ? submitter : null)
    const sent = passing.event !== undefined && !passing.event.defaultPrevented
    passing = undefined
    return sent
  }

  const hold = async (form: HTMLFormElement, submitter: HTMLElement | null): Promise<void> => {
    held.add(form)
    asking++
    const go = await mayGo(form).finally(() => asking--)
    const sent = go && form.isConnected && send(form, submitter)
    if (sent) setTimeout(() => held.delete(form), patience)
    else held.delete(form)
    if (!go) submitter?.focus()
  }

  // On the window, before the listeners of any framework.
  addEventListener(
    'submit',
    (event) => {
      const form = event.target
      if (!(form instanceof HTMLFormElement)) return
      if (form.dataset.held === undefined && form.dataset.fresh === undefined) return
      if (passing?.form === form) {
        passing.event = event
        return
      }
      event.preventDefault()
      event.stopImmediatePropagation()
      if (!held.has(form)) void hold(form, event.submitter)
    },
    true,
  )
  addEventListener('pageshow', ({ persisted }) => persisted && held.clear())
  return { isHolding: () => asking > 0 }
}

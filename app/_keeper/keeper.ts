// The keeper: keeps a signed-in page in step with its session. It decides nothing about who may do what: without it
// everything works, and with it nothing comes as a surprise.
import { elapsed as clock, now } from '@/lib/clock'
import { type Asked, ask, onAnswer, renew } from './ask'
import { openChannel } from './channel'
import { close, isAnyOpen, open } from './dialog'
import { backoff, endOf, isNear, leads, nextDuty } from './duty'
import { guardForms } from './held-form'
import { answeredAt, cover, goHome, isCovered, reload } from './leaving'
import { hear, type Message, meet } from './message'
import { setPageUser } from './page-user'
import { confirm, signInAgain } from './proof'
import { watchSignOut } from './sign-out'
import { watchSleep } from './sleep'
import { type Lives, type Standing, standingOf, type Word, wordOf } from './standing'
import { isTyped, watchTyping } from './typed'
import { warn } from './warning'

export type KeeperProps = { word: Word; lives: Lives }

const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))
/** The longest that a timer is trusted, milliseconds: it stands still while the machine sleeps. */
const longest = 60_000
/** A proof that is about to grow old is asked for before, milliseconds. */
const margin = 5000
/** When to look whether another tab's sign-out went through, milliseconds after each other. */
const looks = [0, 100, 300, 900, 2700]

const start = ({ word, lives }: KeeperProps): ((word: Word) => void) => {
  setPageUser(word.user)
  let standing = standingOf(word, lives, answeredAt())
  let over = false
  let declined = false
  let following = false
  let warned = 0
  let failures = 0
  let notBefore = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let proving: Promise<boolean> | undefined
  const hasSlept = watchSleep(now, clock)

  const due = () => nextDuty(standing, lives, { hidden: document.hidden, warned, jitter: Math.random() })

  const schedule = () => {
    clearTimeout(timer)
    if (over) return
    const wait = Math.max(due().at, notBefore) - clock()
    timer = setTimeout(() => void work(), Math.min(wait, longest))
  }

  const work = async () => {
    const { duty, at } = due()
    if (hasSlept()) return void (await ask())
    if (at > clock()) return schedule()
    if (duty === 'refresh') return void (await renew(leads(lives).refresh))
    const asked = await ask()
    if (duty === 'warn' && asked.is === 'here' && isNear(standing, lives, clock())) showWarning()
  }

  const showWarning = () => {
    const end = endOf(standing)
    warned = end.at
    schedule()
    // Whoever is busy in another of our dialogs is here, and what it sends is activity.
    if (isAnyOpen()) return
    const stay = async () => (await renew(0, true)).is === 'here'
    warn({ final: end.final, left: () => endOf(standing).at - clock(), stay })
  }

  const adopt = (next: Standing) => {
    standing = next
    over = false
    declined = false
    cover(false)
    if (!isNear(standing, lives, clock())) for (const name of ['idle', 'end'] as const) close(name)
    schedule()
  }

  /** After a proof on this page. */
  const take = (proven: Word) => {
    if (proven.user !== standing.user) return reload()
    adopt(standingOf(proven, lives, clock()))
    say({ kind: 'standing', word: proven })
  }

  const again = (): Promise<boolean> => {
    proving ??= signInAgain(take).finally(() => {
      proving = undefined
    })
    return proving
  }

  const confirmed = async (): Promise<boolean> => {
    let ended = false
    const done = await confirm(take, () => {
      ended = true
      close('confirm')
    })
    return ended ? again() : done
  }

  const isBusy = () => isTyped() || isAnyOpen() || forms.isHolding()

  const stop = () => {
    over = true
    clearTimeout(timer)
    close('idle')
    close('end')
  }

  /** The page after this one says why, so whatever can be left is left. */
  const gone = () => {
    if (signOut.isUnderWay()) return
    stop()
    if (following) return goHome()
    if (isCovered() && !document.hidden) return reload()
    if (isBusy()) {
      if (isTyped() && !isAnyOpen() && !forms.isHolding() && !declined) {
        declined = true
        void again()
      }
      return
    }
    if (document.hidden) cover(true)
    else reload()
  }

  const stranger = () => {
    stop()
    void open('stranger', (dialog, signal) => {
      dialog.querySelector('[data-reload]')?.addEventListener('click', reload, { signal })
    })
  }

  const learn = (asked: Asked) => {
    if (asked.is === 'unknown') {
      const pause = backoff(++failures, Math.random())
      notBefore = clock() + pause
      if (isCovered()) setTimeout(() => void ask(), pause)
      return schedule()
    }
    failures = 0
    notBefore = clock() + 1000
    if (asked.is === 'gone') return gone()
    const meaning = meet(asked.word, standing, !isCovered() && isBusy())
    if (meaning === 'reload') return reload()
    if (meaning === 'stranger') return stranger()
    adopt(standingOf(asked.word, lives, clock()))
    // Signed in again in another tab: what waited here goes on.
    close('sign-in', true)
    say({ kind: 'standing', word: wordOf(standing, clock()) })
  }

  const follow = async () => {
    following = true
    for (const pause of looks) {
      await sleep(pause)
      if ((await ask()).is === 'gone') return
    }
    following = false
  }

  const say = openChannel((message: Message) => {
    const heard = hear(message, standing, (told) => standingOf(told, lives, clock()))
    if (heard.do === 'adopt') adopt(heard.standing)
    else if (heard.do === 'ask') void ask()
    else void follow()
  })
  const signOut = watchSignOut(() => say({ kind: 'signing-out' }))
  const forms = guardForms({
    ask,
    isOurs: ({ word: { user } }) => user === standing.user,
    isFresh: () => standing.freshUntil - clock() > margin,
    signInAgain: again,
    confirm: confirmed,
  })

  onAnswer(learn)
  watchTyping()
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) schedule()
    else void ask()
  })
  addEventListener('online', () => void ask())
  addEventListener('pageshow', ({ persisted }) => {
    if (!persisted) return
    cover(true)
    void ask()
  })
  say({ kind: 'standing', word: wordOf(standing, clock()) })
  schedule()
  return (next) => next.user === standing.user && adopt(standingOf(next, lives, clock()))
}

let running: ReturnType<typeof start> | undefined

/** Starts the keeper, or tells the one that runs what a newer rendering of the page knows. */
export const keep = (props: KeeperProps): void => {
  if (running) running(props.word)
  else running = start(props)
}

// Posts mail in the background: the answer that caused it neither waits for the mail server nor tells by its time
// whether there was a mail.
import { setTimeout as sleep } from 'node:timers/promises'
import { log } from '../log'
import type { Message } from './message'
import type { Deliver } from './transport'

/** Pauses before the second, third … try, milliseconds. */
const pauses = [500, 5_000, 30_000, 120_000]

export type Post = (message: Message) => void

const send = async (deliver: Deliver, message: Message): Promise<void> => {
  for (const pause of [...pauses, null]) {
    try {
      await deliver(message)
      return
    } catch (error) {
      const fault = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
      if (pause === null) return log().error({ fault }, 'mail given up')
      log().warn({ fault, pause }, 'mail delayed')
      await sleep(pause)
    }
  }
}

export const openPost =
  (deliver: Deliver): Post =>
  (message) => {
    void send(deliver, message)
  }

// A limit that holds. `AbortSignal.timeout()` by itself does not: on a busy machine an answer's body was seen to stay
// unread for ever, its signal notwithstanding, and whoever shared the wait waited with it.

/**
 * @param limit milliseconds
 * @param work is told by the signal when its time is up, and left behind then
 * @throws what `work` throws, or a DOMException named TimeoutError
 */
export const within = async <T>(limit: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
  const controller = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const reason = new DOMException(`Nothing came within ${limit} ms`, 'TimeoutError')
      reject(reason)
      controller.abort(reason)
    }, limit)
  })
  try {
    return await Promise.race([work(controller.signal), late])
  } finally {
    clearTimeout(timer)
  }
}

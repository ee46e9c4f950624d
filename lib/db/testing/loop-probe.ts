// Measures how long the event loop stood still at worst while something ran.

/** @returns milliseconds, and what `work` came to */
export const longestStall = async <T>(
  work: () => Promise<T>,
): Promise<{ stall: number; outcome: PromiseSettledResult<T> }> => {
  const step = 5
  let last = performance.now()
  let stall = 0
  const look = () => {
    const at = performance.now()
    stall = Math.max(stall, at - last - step)
    last = at
  }
  const timer = setInterval(look, step)
  const [outcome] = await Promise.allSettled([work()])
  look()
  clearInterval(timer)
  return { stall: Math.round(stall), outcome }
}

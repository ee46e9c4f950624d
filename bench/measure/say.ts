// Progress, for whoever waits: on standard error, so that the table alone is the output.
const started = performance.now()

export const say = (text: string): void => {
  const seconds = Math.round((performance.now() - started) / 1000)
  process.stderr.write(`${String(seconds).padStart(5)} s  ${text}\n`)
}

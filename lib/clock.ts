// The only place that reads the time; everything else takes it as an argument. Under TEST_HOOKS tests move it, and only
// scripts/test-hooks.mjs and lib/edge/test-clock.ts do that for them.

/** Pages and handlers are bundled apart but share globalThis; the edge runtime has one of its own. */
const shared: typeof globalThis & { handstampClockOffset?: number } = globalThis

/** Milliseconds since 1970. */
export const now = (): number => Date.now() + (shared.handstampClockOffset ?? 0)

/** Milliseconds since some moment of this process: for how long something takes, whatever happens to the clock. */
export const elapsed = (): number => performance.now()

/** Moves this runtime's clock. @param offset milliseconds ahead of the real time, negative for behind */
export const setClockOffset = (offset: number): void => {
  shared.handstampClockOffset = offset
}

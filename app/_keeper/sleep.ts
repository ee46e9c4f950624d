// Notices that the machine slept, when a page's own clock and timers stand still but sessions go on.

const noticeable = 15_000

/** @param wall, page two clocks, milliseconds @returns whether they parted since it was asked last */
export const watchSleep = (wall: () => number, page: () => number): (() => boolean) => {
  let apart = wall() - page()
  return () => {
    const before = apart
    apart = wall() - page()
    return Math.abs(apart - before) > noticeable
  }
}

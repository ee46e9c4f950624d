// Figures out of samples: percentiles, medians, and what one subject costs beside another. Pure.

/** Nearest rank: the smallest sample that `share` of all samples do not exceed. @param share 0 < share ≤ 1 */
export const percentile = (samples: readonly number[], share: number): number => {
  const sorted = [...samples].sort((one, other) => one - other)
  const found = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]
  if (found === undefined) throw new Error('There are no samples')
  return found
}

export const median = (samples: readonly number[]): number => {
  const sorted = [...samples].sort((one, other) => one - other)
  const middle = sorted.length / 2
  const upper = sorted[Math.floor(middle)]
  const lower = sorted[Math.ceil(middle) - 1]
  if (upper === undefined || lower === undefined) throw new Error('There are no samples')
  return (lower + upper) / 2
}

/** Figures of rounds that were run side by side: the n-th of one beside the n-th of the other. */
type Pairs = { base: readonly number[]; own: readonly number[] }

const ratios = ({ base, own }: Pairs): number[] => {
  if (base.length !== own.length) throw new Error(`${own.length} rounds beside ${base.length}`)
  return own.map((value, i) => value / (base[i] ?? Number.NaN))
}

/** The median of each round against the one beside it: a machine that is busy for a while is busy for both. */
export const pairedRatio = (pairs: Pairs): number => median(ratios(pairs))

/** How far the middle half of the rounds is apart, as a share of the ratio: whether a figure is to be believed. */
export const spread = (pairs: Pairs): number => {
  const all = ratios(pairs)
  return (percentile(all, 0.75) - percentile(all, 0.25)) / median(all)
}

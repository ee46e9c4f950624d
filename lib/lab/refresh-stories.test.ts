// The stories of the lab are told by the app's own rule; were the rule another, they would end differently.
import { expect, test } from 'vitest'
import { refreshStories } from './refresh-stories'

test.each([5, 30])(
  'with a grace of %i s two tabs share one successor, a lost answer comes again, a thief ends it',
  (grace) => {
    const [tabs, lost, thief] = refreshStories(grace)
    expect([tabs?.ended, tabs?.moments.map(({ given }) => given)]).toEqual([false, [2, 2, 3]])
    expect([lost?.ended, lost?.moments.map(({ given }) => given)]).toEqual([false, [2, 2]])
    expect(lost?.moments[1]?.decision).toMatchObject({ do: 'repeat', because: 'lost' })
    expect([thief?.ended, thief?.moments.map(({ given }) => given)]).toEqual([true, [2, null, null]])
    expect(thief?.moments[1]?.decision).toEqual({ do: 'end', reason: 'reuse' })
  },
)

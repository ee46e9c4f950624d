// What a key does in each state of its life.
import type { KeyState } from '@/lib/core/key-life'

export const stateWords: Readonly<Record<KeyState, string>> = {
  next: 'published, does not sign yet',
  active: 'signs',
  retiring: 'published, signs no more',
  retired: 'gone',
}

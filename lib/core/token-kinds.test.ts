// @vitest-environment edge-runtime
// Tokens of another kind offered as access tokens: catalogue 2.E.
import { describe } from 'vitest'
import { testAttacks } from './testing/attack-table'
import { kindAttacks } from './testing/attacks/kinds'
import { openForge } from './testing/token-forge'

describe('tokens of another kind', () => testAttacks(kindAttacks, openForge))

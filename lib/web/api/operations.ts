// Every call of the HTTP contract, once.

import { ofAccount } from './account-operations'
import { byMail } from './email-operations'
import { ofFactors } from './factor-operations'
import type { Operation } from './operation'
import { ofPasskeys } from './passkey-operations'
import { ofProviders } from './provider-operations'
import { forEverybody } from './public-operations'
import { ofSession } from './session-operations'
import { waysIn } from './ways-in-operations'

export const operations: readonly Operation[] = [
  ...waysIn,
  ...ofFactors,
  ...ofPasskeys,
  ...byMail,
  ...ofAccount,
  ...ofProviders,
  ...ofSession,
  ...forEverybody,
]

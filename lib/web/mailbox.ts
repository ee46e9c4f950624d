// The local mailbox, for its pages. Outside local mode, or with mail going elsewhere, it is empty.
import { env } from '../env'
import { listMails as list, type Mail, readMail as read } from '../mail/mailbox'
import { mailboxFolder } from '../mail/transport'

export type { Mail }

const folder = (): string | null => (env().local && env().MAIL_URL === undefined ? mailboxFolder(env().DATA_DIR) : null)

export const listMails = async (): Promise<Mail[]> => {
  const at = folder()
  return at === null ? [] : list(at)
}

export const readMail = async (id: string): Promise<Mail | null> => {
  const at = folder()
  return at === null ? null : read(at, id)
}

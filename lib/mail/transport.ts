// Sends mail: by SMTP, or as one .eml file each (which is also what the local mailbox shows).
import { randomBytes } from 'node:crypto'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { createTransport } from 'nodemailer'
import { now } from '../clock'
import type { Message } from './message'

export type Deliver = (message: Message) => Promise<void>

/** Address and subject go through nodemailer, which encodes them: no line end of theirs becomes a header. */
const composer = createTransport({ streamTransport: true, buffer: true, newline: 'crlf' })

const deliverToFolder =
  (folder: string, from: string): Deliver =>
  async (message) => {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const { message: raw } = await composer.sendMail({ from, ...message })
    const name = `${String(now()).padStart(14, '0')}-${randomBytes(6).toString('hex')}`
    // Renamed when whole, so that a reader never sees half a mail.
    await writeFile(join(folder, `${name}.part`), raw, { mode: 0o600 })
    await rename(join(folder, `${name}.part`), join(folder, `${name}.eml`))
  }

const deliverBySmtp = (url: string, from: string): Deliver => {
  const smtp = createTransport({
    url,
    pool: true,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
  })
  return async (message) => {
    await smtp.sendMail({ from, ...message })
  }
}

/** Folder of the local mailbox. */
export const mailboxFolder = (dataDir: string): string => join(dataDir, 'mail')

/** @param url MAIL_URL, or unset for the local mailbox under `dataDir` */
export const openTransport = (url: string | undefined, from: string, dataDir: string): Deliver => {
  if (url === undefined) return deliverToFolder(mailboxFolder(dataDir), from)
  return url.startsWith('file:') ? deliverToFolder(resolve(url.slice('file:'.length)), from) : deliverBySmtp(url, from)
}

// The local mailbox: reads what the transport wrote. Only local mode shows it.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import PostalMime from 'postal-mime'

export type Mail = { id: string; to: string; subject: string; at: number; text: string; html: string }

const nameForm = /^[0-9]{14}-[0-9a-f]{12}$/
const most = 100

/** Names of the newest mails, newest first; none before the first mail has made the folder. */
const newest = async (folder: string): Promise<string[]> => {
  try {
    const names = (await readdir(folder)).filter((name) => name.endsWith('.eml')).map((name) => name.slice(0, -4))
    return names
      .filter((name) => nameForm.test(name))
      .sort()
      .reverse()
      .slice(0, most)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}

export const readMail = async (folder: string, id: string): Promise<Mail | null> => {
  if (!nameForm.test(id)) return null
  if (!(await newest(folder)).includes(id)) return null
  const mail = await PostalMime.parse(await readFile(join(folder, `${id}.eml`)))
  const to = mail.to?.map(({ address }) => address ?? '').join(', ') ?? ''
  return {
    id,
    to,
    subject: mail.subject ?? '',
    at: Number(id.slice(0, 14)),
    text: mail.text ?? '',
    html: mail.html ?? '',
  }
}

export const listMails = async (folder: string): Promise<Mail[]> => {
  const mails = await Promise.all((await newest(folder)).map((id) => readMail(folder, id)))
  return mails.filter((mail) => mail !== null)
}

// The local mailbox: newest first, and nothing but its own mails.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { listMails, readMail } from './mailbox'
import { mailboxFolder, openTransport } from './transport'

const temporary = () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'handstamp-mailbox-'))
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }))
  return { dataDir, folder: mailboxFolder(dataDir) }
}
const eml = (subject: string) => `From: a@example.com\r\nTo: ann@example.com\r\nSubject: ${subject}\r\n\r\nText\r\n`
const idOf = (at: number) => `${String(at).padStart(14, '0')}-0123456789ab`

const filled = (count: number) => {
  const { dataDir, folder } = temporary()
  mkdirSync(folder)
  for (let i = 0; i < count; i++) writeFileSync(join(folder, `${idOf(1_800_000_000_000 + i)}.eml`), eml(`Mail ${i}`))
  return { dataDir, folder }
}

describe('the mailbox', () => {
  test('is empty before the first mail', async () => {
    expect(await listMails(temporary().folder)).toEqual([])
  })

  test('shows what the transport delivered', async () => {
    const { dataDir, folder } = temporary()
    await openTransport(
      undefined,
      'Handstamp <no-reply@localhost>',
      dataDir,
    )({ to: 'ann@example.com', subject: 'Grüße', text: 'Text part', html: '<p>HTML part</p>' })
    const [mail] = await listMails(folder)
    expect(mail).toMatchObject({
      to: 'ann@example.com',
      subject: 'Grüße',
      html: expect.stringContaining('HTML part'),
      text: expect.stringContaining('Text part'),
    })
    expect(Math.abs(Date.now() - (mail?.at ?? 0))).toBeLessThan(60_000)
    expect(await readMail(folder, mail?.id ?? '')).toEqual(mail)
  })

  test('lists the newest first', async () => {
    const { folder } = filled(3)
    expect((await listMails(folder)).map(({ subject }) => subject)).toEqual(['Mail 2', 'Mail 1', 'Mail 0'])
  })

  test('lists the hundred newest of more', async () => {
    const { folder } = filled(103)
    const mails = await listMails(folder)
    expect(mails).toHaveLength(100)
    expect(mails.at(-1)?.subject).toBe('Mail 3')
  })

  test('leaves out files that are no mails of its own', async () => {
    const { folder } = filled(1)
    for (const name of ['half.part', `${idOf(1)}.part`, 'notes.eml', `${idOf(2)}.txt`, `x${idOf(3)}.eml`])
      writeFileSync(join(folder, name), eml('not this'))
    expect((await listMails(folder)).map(({ subject }) => subject)).toEqual(['Mail 0'])
  })

  test.each([
    '',
    '..',
    '../../etc/passwd',
    '../handstamp.db',
    `${idOf(1_800_000_000_000)}.eml`,
    `./${idOf(1_800_000_000_000)}`,
    `${idOf(1_800_000_000_000)}\0`,
    `${idOf(1_800_000_000_000)}\n`,
    idOf(1),
  ])('has no mail with the id %j', async (id) => {
    expect(await readMail(filled(1).folder, id)).toBeNull()
  })
})

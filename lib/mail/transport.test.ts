// Mail as it arrives: by SMTP at a real server, or as one file each, without a header that nobody wrote.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import type { Message } from './message'
import {
  alreadySignedUpMail,
  newDeviceMail,
  passwordChangedMail,
  refreshReuseMail,
  verificationMail,
} from './templates'
import { openTransport } from './transport'

// The log reads the process's settings at its first line.
vi.stubEnv('AUTH_SECRET', 'AQgPFh0kKzI5QEdOVVxjanF4f4aNlJuiqbC3vsXM09o')
vi.stubEnv('LOG_LEVEL', 'silent')

const sender = 'Handstamp <no-reply@example.com>'
const link = 'http://localhost:3000/verify-email/link?token=abc&x=1'
const message: Message = { to: 'ann@example.com', subject: 'Hello', text: 'Text part', html: '<p>HTML part</p>' }

type Delivered = { raw: string; mail: Email; from: string; to: string[] }

const openServer = (delivered: Delivered[]) =>
  new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: async (stream, { envelope }, done) => {
      const chunks: Buffer[] = []
      for await (const chunk of stream) chunks.push(Buffer.from(chunk))
      const raw = Buffer.concat(chunks).toString('latin1')
      const from = envelope.mailFrom ? envelope.mailFrom.address : ''
      delivered.push({
        raw,
        mail: await PostalMime.parse(Buffer.concat(chunks)),
        from,
        to: envelope.rcptTo.map(({ address }) => address),
      })
      done()
    },
  })

const listen = async (server: SMTPServer, port = 0): Promise<number> => {
  const listening = server.listen(port, '127.0.0.1')
  await new Promise<void>((resolve) => listening.once('listening', resolve))
  return (listening.address() as AddressInfo).port
}

const smtp = async () => {
  const delivered: Delivered[] = []
  const server = openServer(delivered)
  const port = await listen(server)
  onTestFinished(() => server.close())
  return { delivered, deliver: openTransport(`smtp://127.0.0.1:${port}`, sender, 'unused') }
}

const only = <T>(items: T[]): T => {
  const [item] = items
  if (item === undefined || items.length > 1) throw new Error(`Expected one, got ${items.length}`)
  return item
}
const headerNames = ({ mail }: Delivered) => mail.headers.map(({ key }) => key).sort()

const folder = () => {
  const path = mkdtempSync(join(tmpdir(), 'handstamp-mail-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

describe('mail by SMTP', () => {
  test('arrives with sender, recipient, subject, a text and an HTML part', async () => {
    const { delivered, deliver } = await smtp()
    await deliver(message)
    const { mail, from, to } = only(delivered)
    expect([from, to]).toEqual(['no-reply@example.com', ['ann@example.com']])
    expect(mail).toMatchObject({
      subject: 'Hello',
      from: { name: 'Handstamp', address: 'no-reply@example.com' },
      to: [{ address: 'ann@example.com' }],
    })
    expect(mail.text?.trim()).toBe('Text part')
    expect(mail.html).toContain('<p>HTML part</p>')
    expect(mail.headers.find(({ key }) => key === 'content-type')?.value).toContain('multipart/alternative')
  })

  test('carries names in any script and encodes them in HTML', async () => {
    const { delivered, deliver } = await smtp()
    await deliver(refreshReuseMail('ann@example.com', 'Žofie <b>👩‍🚀</b> & 李', 'today', 'Firefox on Linux', link))
    const { mail } = only(delivered)
    expect(mail.text).toContain('Hello Žofie <b>👩‍🚀</b> & 李,')
    expect(mail.text).toContain(link)
    expect(mail.html).toContain('Žofie &lt;b&gt;👩‍🚀&lt;/b&gt; &amp; 李')
    expect(mail.html).toContain('href="http://localhost:3000/verify-email/link?token=abc&amp;x=1"')
    expect(mail.html).not.toContain('<b>')
  })

  test.each([
    '\r\nBcc: mallory@example.com',
    '\nBcc: mallory@example.com',
    '\r\n\r\n<script>alert(1)</script>',
    '\r\n.\r\nMAIL FROM:<x@y.z>',
    '\u2028Bcc: mallory@example.com',
  ])('with %j in name or subject gains no header and no recipient', async (injected) => {
    const { delivered, deliver } = await smtp()
    await deliver(message)
    const usual = headerNames(only(delivered.splice(0)))
    await deliver(refreshReuseMail('ann@example.com', `Ann${injected}`, 'today', 'Firefox on Linux', link))
    await deliver({ ...message, subject: `Hello${injected}` })
    expect(delivered).toHaveLength(2)
    for (const one of delivered) {
      expect(headerNames(one)).toEqual(usual)
      expect(one.to).toEqual(['ann@example.com'])
      expect(one.mail.bcc ?? []).toEqual([])
      expect(one.mail.html).not.toContain('<script>')
    }
  })

  test('of many at once arrives once each', async () => {
    const { delivered, deliver } = await smtp()
    await Promise.all(Array.from({ length: 20 }, (_, i) => deliver({ ...message, subject: `Mail ${i}` })))
    expect(new Set(delivered.map(({ mail }) => mail.subject)).size).toBe(20)
    expect(delivered).toHaveLength(20)
  })
})

describe('the words of a mail', () => {
  test('are the same in both parts and lead to our own addresses only', () => {
    const mails = [
      verificationMail('a@example.com', '042137', link),
      alreadySignedUpMail('a@example.com', 'http://localhost:3000/sign-in'),
      refreshReuseMail(
        'a@example.com',
        'Ann',
        'today',
        'Firefox on Linux',
        'http://localhost:3000/not-me/link?token=x',
      ),
      newDeviceMail('a@example.com', 'Ann', 'today', 'Firefox on Linux', 'http://localhost:3000/not-me/link?token=x'),
      passwordChangedMail('a@example.com', 'Ann', 'today', 'Firefox on Linux', 'http://localhost:3000/sign-in'),
    ]
    for (const { subject, text, html } of mails) {
      expect(subject).not.toBe('')
      for (const part of [text, html])
        for (const [origin] of part.matchAll(/https?:\/\/[^/]+/g)) expect(origin).toBe('http://localhost:3000')
      expect(html).not.toMatch(/<(img|script|link|iframe)/i)
    }
  })
})

describe('mail as files', () => {
  test.each([
    ['file:', (path: string) => [`file:${path}`, 'unused', path] as const],
    ['no MAIL_URL, in the data folder', (path: string) => [undefined, path, join(path, 'mail')] as const],
  ])('by %s is one .eml each, whole and private', async (_name, settings) => {
    const [url, dataDir, target] = settings(folder())
    const deliver = openTransport(url, sender, dataDir)
    await Promise.all(Array.from({ length: 10 }, (_, i) => deliver({ ...message, subject: `Mail ${i}` })))
    const names = readdirSync(target)
    expect(names).toHaveLength(10)
    for (const name of names) {
      expect(name).toMatch(/^[0-9]{14}-[0-9a-f]{12}\.eml$/)
      expect(statSync(join(target, name)).mode & 0o077).toBe(0)
      const mail = await PostalMime.parse(readFileSync(join(target, name)))
      expect(mail).toMatchObject({ from: { address: 'no-reply@example.com' }, to: [{ address: 'ann@example.com' }] })
    }
  })
})

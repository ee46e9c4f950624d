// A mail's HTML inside a frame of ours. Our content security policy holds in there as well: its style sheet gets our nonce.
import { headers } from 'next/headers'
import { env } from '../env'
import { sampleMails } from '../mail/samples'

const nonceHere = async (): Promise<string> => {
  const policy = (await headers()).get('content-security-policy') ?? ''
  return /'nonce-([A-Za-z0-9+/=]+)'/.exec(policy)?.[1] ?? ''
}

export const framedMail = async (html: string): Promise<string> => {
  // Styles in attributes are for mail programs without style sheets: here each would be refused aloud.
  const sheetOnly = html.replaceAll(/ style="[^"]*"/g, '')
  return sheetOnly.replace('<style>', `<style nonce="${await nonceHere()}">`)
}

/** The subjects of all mails that we send, and one of them whole. @param name the first one's where it is none of ours */
export const framedSample = async (name: string | undefined) => {
  const samples = sampleMails(env().APP_URL)
  const kinds = Object.entries(samples).map(([key, mail]) => ({ name: key, ...mail }))
  const shown = kinds.find((kind) => kind.name === name) ?? { name: 'verificationMail', ...samples.verificationMail }
  const subjects = kinds.map(({ name, subject }) => ({ name, subject }))
  return { subjects, shown: { ...shown, html: await framedMail(shown.html) } }
}

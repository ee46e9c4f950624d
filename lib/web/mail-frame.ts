// A mail's HTML inside a frame of ours. Our content security policy holds in there as well: its style sheet gets our nonce.
import { headers } from 'next/headers'
import { env } from '../env'
import { sampleMails } from '../mail/samples'

const nonceHere = async (): Promise<string> => {
  const policy = (await headers()).get('content-security-policy') ?? ''
  return /'nonce-([A-Za-z0-9+/=]+)'/.exec(policy)?.[1] ?? ''
}

export const framedMail = async (html: string): Promise<string> => {
  return html.replace('<style>', `<style nonce="${await nonceHere()}">`)
}

/** One of each mail that we send. */
export const framedSamples = () =>
  Promise.all(
    Object.entries(sampleMails(env().APP_URL)).map(async ([name, { subject, text, html }]) => ({
      name,
      subject,
      text,
      html: await framedMail(html),
    })),
  )

// When a mail was sent. Local mode only, so the server's time zone is the reader's.

const form = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' })

/** @param at milliseconds */
export const MailTime = ({ at }: { at: number }) => <time dateTime={new Date(at).toISOString()}>{form.format(at)}</time>

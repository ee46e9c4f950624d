// What the browser sent along, and what it kept to itself.
import type { SentCookie } from '@/lib/lab/request-story'
import { Fact, FactCard } from '../../_components/fact'
import { Engineers } from '../engineers'

const purposes: Record<SentCookie['kind'], { title: string; sent: string; not: string }> = {
  at: {
    title: 'Access token',
    sent: 'Sent: it says who you are, for five minutes.',
    not: 'Not sent: you have none. It is made when you sign in.',
  },
  rt: {
    title: 'Refresh token',
    sent: 'Sent: with it the server makes a new access token when the old one is over.',
    not: 'Not sent: you have none. It is made when you sign in.',
  },
  device: {
    title: 'Device',
    sent: 'Sent: it tells a new browser from a known one, and opens nothing.',
    not: 'Not sent: nobody has signed in with this browser yet.',
  },
  flow: {
    title: 'Flow',
    sent: 'Sent: something is under way, such as a message for you.',
    not: 'Not sent: nothing is half done. It lives ten minutes while something is.',
  },
}

export const BrowserPanel = ({ sent, cookieBytes }: { sent: readonly SentCookie[]; cookieBytes: number }) => (
  <>
    <p className="max-w-prose">
      Your browser asked for this page and added its cookies by itself. No script on any page can read them, and no
      other site gets them.
    </p>
    <FactCard id="cookies" title="Cookies">
      {sent.map(({ kind, name, bytes }) => (
        <Fact key={kind} label={purposes[kind].title} source={bytes === null ? name : `${name}, ${bytes} bytes`}>
          {bytes === null ? purposes[kind].not : purposes[kind].sent}
        </Fact>
      ))}
    </FactCard>
    <Engineers>
      <p>
        HttpOnly, SameSite=Lax, Path=/, no Domain; over https also Secure under the prefix __Host-Http-. The whole
        Cookie header of this request is {cookieBytes} bytes. docs/security.md has what each attribute is for.
      </p>
    </Engineers>
  </>
)

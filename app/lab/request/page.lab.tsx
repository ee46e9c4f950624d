// One request's life: this very one, from the browser through the gate and the page and back.
import type { Metadata } from 'next'
import { now as readClock } from '@/lib/clock'
import { readRequestStory } from '@/lib/lab/request-story'
import { PageHeading } from '../../_components/page-heading'
import { Stranger } from '../stranger'
import { BrowserPanel } from './browser-panel'
import { GatePanel } from './gate-panel'
import { ResponsePanel } from './response-panel'
import { ServerPanel } from './server-panel'
import { Stations } from './stations'

export const metadata: Metadata = { title: 'Lab: one request' }

const RequestPage = async () => {
  const { sent, cookieBytes, gate, node } = await readRequestStory()
  const parts = [
    {
      title: 'Browser',
      line: 'sends the token in a cookie',
      panel: <BrowserPanel sent={sent} cookieBytes={cookieBytes} />,
    },
    { title: 'Gate', line: 'checks it without a database', panel: <GatePanel trace={gate} /> },
    { title: 'Page', line: 'asks for the session’s row', panel: <ServerPanel node={node} now={readClock()} /> },
    { title: 'Response', line: 'is kept by no cache', panel: <ResponsePanel /> },
  ]
  return (
    <>
      <PageHeading title="The life of one request">
        You asked for this page, and before you got it your token was checked twice. What you see is not an example: it
        is the request that brought this page.
      </PageHeading>
      {node === null && <Stranger path="/lab/request" />}
      <Stations parts={parts} />
    </>
  )
}

export default RequestPage

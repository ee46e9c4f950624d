// The way from tab to tab. Where browsers have none, each tab keeps to itself and asks the server.
import { slug } from '@/lib/core/product'
import type { Message } from './message'

export const openChannel = (heard: (message: Message) => void): ((message: Message) => void) => {
  if (typeof BroadcastChannel === 'undefined') return () => {}
  const channel = new BroadcastChannel(slug)
  channel.onmessage = ({ data }) => heard(data)
  return (message) => channel.postMessage(message)
}

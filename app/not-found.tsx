// What people see at an address that leads nowhere.
import type { Metadata } from 'next'
import { ButtonLink } from './_components/button'
import { NoticePage } from './_components/notice-page'

export const metadata: Metadata = { title: 'Not found' }

const NotFound = () => (
  <NoticePage title="There is nothing at this address" actions={<ButtonLink href="/">Go to the start page</ButtonLink>}>
    <p>The page may have moved, or the address has a slip in it.</p>
  </NoticePage>
)

export default NotFound

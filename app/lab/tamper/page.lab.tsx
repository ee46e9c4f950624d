// Tamper: change your own token and see which step of the verifier refuses it. Done on the server, by the real verifier.
import type { Metadata } from 'next'
import { readOwnToken, tamperWithOwn } from '@/lib/lab/own-token'
import { findTampering } from '@/lib/lab/tampering'
import { PageHeading } from '../../_components/page-heading'
import { type SearchParams, single } from '../../_components/search-params'
import { Stranger } from '../stranger'
import { Choices } from './choices'
import { Verdict } from './verdict'

export const metadata: Metadata = { title: 'Lab: tamper' }

const TamperPage = async ({ searchParams }: { searchParams: SearchParams }) => {
  const tampering = findTampering(single((await searchParams).change))
  const token = await readOwnToken()
  const tried = tampering ? await tamperWithOwn(tampering) : null
  return (
    <>
      <PageHeading title="Tamper with your token">
        Everybody can read what a token says, and write something else into it. Try: choose a change, and the app’s own
        verifier judges what comes of it. Your real token stays as it is.
      </PageHeading>
      {token === null ? <Stranger path="/lab/tamper" /> : <Choices chosen={tampering?.id} />}
      {tampering && tried && <Verdict tampering={tampering} tried={tried} />}
    </>
  )
}

export default TamperPage

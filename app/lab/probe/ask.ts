'use server'
// A server action that says whether somebody is signed in, by the address that it leads to.
import type { Route } from 'next'
import { redirect } from 'next/navigation'
import { getSession } from '@/lib/web/session'

export const askByAction = async (): Promise<void> => {
  const { ok } = await getSession()
  redirect(`/lab/probe?said=${ok ? 'signed-in' : 'refused'}` as Route)
}

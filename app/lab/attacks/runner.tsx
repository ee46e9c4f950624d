'use client'
// Runs all attacks, a few at a time, and shows how far it is. Without scripts its form is sent and the page comes back
// with the results.
import { type SubmitEvent, useState } from 'react'
import type { Result } from '@/lib/lab/attacks/verdicts'
import { buttonVariants } from '../../_components/button-variants'
import { ResultTable } from './result-table'

type Props = { rows: readonly { id: string; title: string }[]; initial: readonly Result[] }
type Answer = { results?: Result[]; detail?: string; title?: string }

/** So that progress is seen, and no request takes long. */
const atOnce = 7
const path = '/api/lab/attacks'
/** Browsers draw their own otherwise, in colours of neither theme. */
const bar =
  'h-3 min-w-24 grow appearance-none overflow-hidden rounded-full border bg-muted [&::-moz-progress-bar]:bg-primary [&::-webkit-progress-bar]:bg-muted [&::-webkit-progress-value]:bg-primary'

const runSome = async (ids: readonly string[]): Promise<Answer> => {
  try {
    const headers = { 'content-type': 'application/json' }
    const response = await fetch(path, { method: 'POST', headers, body: JSON.stringify({ only: ids.join(' ') }) })
    return await response.json()
  } catch {
    return { title: 'The server did not answer. Run them again.' }
  }
}

const Summary = ({ results, total }: { results: readonly Result[]; total: number }) => {
  const faulty = results.filter(({ faults }) => faults.length > 0).length
  if (faulty > 0)
    return (
      <div role="alert" className="grid gap-1 rounded-lg border-2 border-destructive bg-destructive-muted p-4">
        <p className="text-xl font-semibold text-destructive">
          {faulty === 1 ? 'One attack was' : `${faulty} attacks were`} not refused everywhere
        </p>
        <p>Somebody could get in with a forged token, or two parts of this app disagree. Do not go live like this.</p>
      </div>
    )
  if (results.length === 0) return null
  return (
    <p role="status" className="rounded-lg border-l-4 border-primary bg-accent px-4 py-3 text-accent-foreground">
      <span className="font-semibold">
        {results.length} of {total} attacks run, {results.length * 4} times refused, none accepted.
      </span>{' '}
      All four places gave the same answer.
    </p>
  )
}

export const Runner = ({ rows, initial }: Props) => {
  const [results, setResults] = useState(initial)
  const [running, setRunning] = useState(false)
  const [problem, setProblem] = useState('')

  const runAll = async () => {
    const done: Result[] = []
    for (let from = 0; from < rows.length; from += atOnce) {
      const answer = await runSome(rows.slice(from, from + atOnce).map(({ id }) => id))
      if (!answer.results) return setProblem(answer.detail ?? answer.title ?? 'That did not work. Run them again.')
      done.push(...answer.results)
      setResults([...done])
    }
  }
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (running) return
    setRunning(true)
    setProblem('')
    setResults([])
    await runAll()
    setRunning(false)
  }

  return (
    <section aria-labelledby="run" className="grid gap-4">
      <h2 id="run" className="text-xl font-semibold tracking-tight">
        Try them all
      </h2>
      <form method="post" action={path} onSubmit={submit} className="flex flex-wrap items-center gap-x-4 gap-y-3">
        <button
          type="submit"
          aria-disabled={running || undefined}
          className={buttonVariants({ variant: 'default', size: 'lg' })}
        >
          Run all {rows.length} attacks
        </button>
        {running && (
          <label className="flex grow items-center gap-3">
            <span className="tabular-nums">
              {results.length} of {rows.length}
            </span>
            <progress max={rows.length} value={results.length} className={bar} />
          </label>
        )}
      </form>
      {problem && (
        <p role="alert" className="rounded-lg border-l-4 border-destructive bg-destructive-muted px-4 py-3">
          {problem}
        </p>
      )}
      {!running && <Summary results={results} total={rows.length} />}
      {results.length > 0 && (
        <ResultTable results={results} titles={Object.fromEntries(rows.map(({ id, title }) => [id, title]))} />
      )}
    </section>
  )
}

// What the bench asks of everything that it measures: how it is built, started, and signed in to.

/** A session as the client carries it, and what every right answer holds. */
export type SignedIn = { cookie: string; marker: string }

export type Subject = {
  name: string
  /** As the table and the chart call it. */
  label: string
  /** What protects the page, for the docs. */
  how: string
  /** Folders of bench/apps, each laid over the one before. */
  layers: readonly string[]
  /** Folders and files of the project itself that it is built from; its packages are then the project's. */
  product?: readonly string[]
  /** Program and arguments in the app's folder, behind `node`. */
  serve: (port: number) => readonly string[]
  /** Before it is started: an empty database, for example. @param data folder of its own */
  setUp?: (data: string, folder: string) => Promise<void>
  env: (port: number, data: string) => Record<string, string>
  signIn: (url: string) => Promise<SignedIn>
}

export const nextStart = (port: number) => ['node_modules/next/dist/bin/next', 'start', '-p', String(port)]

/** Who is signed in, where the app takes the name from us. */
export const email = 'bench@example.com'
export const password = 'violet anchor mumbles softly'

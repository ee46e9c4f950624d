// Statements are compiled once for each text: compiling takes SQLite longer than most of ours take to run.
import type { Database } from 'better-sqlite3'

/** Texts of ours are some dozens; lists of ids make others. */
const most = 200

/** From now on `driver.prepare()` gives a statement that it gave before, in the mode of a new one. */
export const keepStatements = (driver: Database): void => {
  const prepare = driver.prepare.bind(driver)
  const known = new Map<string, ReturnType<typeof prepare>>()
  const kept = (text: string) => {
    const found = known.get(text)
    // Busy: somebody walks through its rows.
    if (found?.busy) return prepare(text)
    if (found) return found.reader ? found.raw(false) : found
    const statement = prepare(text)
    const oldest = known.size >= most ? known.keys().next() : undefined
    if (oldest && !oldest.done) known.delete(oldest.value)
    known.set(text, statement)
    return statement
  }
  driver.prepare = kept as typeof driver.prepare
}

// The end of a script that people can mend: one line that says what to do, and exit code 1.

export class Stop extends Error {}

/** Runs a script's main function. @param {() => Promise<void>} main */
export const runOrStop = async (main) => {
  try {
    await main()
  } catch (error) {
    console.error(error instanceof Stop ? error.message : error)
    process.exit(1)
  }
}

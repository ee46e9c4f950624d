// `npm run db:generate -- --name what-changes`: one migration for each engine, from the two schemas.
import { installed, runOrFail } from './run.mjs'
import { runOrStop } from './stop.mjs'

await runOrStop(async () => {
  for (const engine of ['sqlite', 'postgres']) {
    const config = ['--config', `scripts/drizzle.${engine}.config.ts`]
    await runOrFail(
      `The migration for ${engine}`,
      installed('drizzle-kit/bin.cjs', 'generate', ...config, ...process.argv.slice(2)),
    )
  }
})

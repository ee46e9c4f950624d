import { defineConfig, devices } from '@playwright/test'
import type { Engine } from './e2e/fixtures/test'

const executablePath = process.env.CHROMIUM_PATH
const args = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run']

/** What needs two machines, or a server to lock and to restart. */
const onPostgresOnly = ['faults/two-instances.spec.ts', 'faults/postgres-*.spec.ts']
/** What looks at the app from outside only, and so must be the same whatever the database. */
const onBoth = ['journeys/*.spec.ts', 'faults/durability.spec.ts', 'faults/races.spec.ts', 'faults/torture.spec.ts']

/**
 * What no database has a part in: how pages look, how keys move over them, what the keeper does in the browser, the lab's
 * screens, the algorithms of tokens.
 */
const onSqliteOnly = [
  'journeys/*accessibility.spec.ts',
  'journeys/algorithms.spec.ts',
  'journeys/held-forms.spec.ts',
  'journeys/idle-warning.spec.ts',
  'journeys/keeper*.spec.ts',
  'journeys/keyboard.spec.ts',
  'journeys/lab*.spec.ts',
]

export default defineConfig<object, { engine: Engine }>({
  testDir: 'e2e',
  fullyParallel: true,
  workers: 3,
  retries: 0,
  forbidOnly: true,
  // Patience costs nothing where all goes well: on two busy cores an answer may be seconds late.
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  projects: [
    { name: 'sqlite', testIgnore: onPostgresOnly },
    {
      name: 'postgres',
      testMatch: [...onBoth, ...onPostgresOnly],
      testIgnore: onSqliteOnly,
      use: { engine: 'postgres' },
    },
  ],
  use: {
    ...devices['Desktop Chrome'],
    trace: 'retain-on-failure',
    launchOptions: {
      args: process.getuid?.() === 0 ? [...args, '--no-sandbox'] : args,
      ...(executablePath && { executablePath }),
    },
  },
})

// Two sets of unit tests: what runs on the edge is tested inside the real edge VM, the rest in Node.
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const edge = ['lib/core/**/*.test.ts', 'lib/edge/**/*.test.ts']
const never = ['**/node_modules/**', '**/.next/**', 'bench/{apps,.work}/**', 'e2e/**']
const testTimeout = 20_000
const resolve = { alias: { '@': fileURLToPath(new URL('.', import.meta.url)) } }

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      // Only the vm pools replace the globals by the edge runtime's; the others merely add some to Node's.
      {
        resolve,
        test: {
          name: 'edge',
          include: edge,
          exclude: never,
          environment: 'edge-runtime',
          pool: 'vmForks',
          testTimeout,
        },
      },
      {
        resolve,
        test: {
          name: 'node',
          globalSetup: 'lib/db/testing/postgres-setup.ts',
          include: ['{app,bench,examples,lib,scripts}/**/*.test.ts'],
          exclude: [...never, ...edge],
          environment: 'node',
          pool: 'forks',
          testTimeout,
        },
      },
    ],
  },
})

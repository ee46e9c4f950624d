import { defineConfig, devices } from '@playwright/test'

const executablePath = process.env.CHROMIUM_PATH
const args = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run']

export default defineConfig({
  testDir: 'e2e',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: true,
  timeout: 30_000,
  reporter: [['list']],
  use: {
    ...devices['Desktop Chrome'],
    trace: 'retain-on-failure',
    launchOptions: {
      args: process.getuid?.() === 0 ? [...args, '--no-sandbox'] : args,
      ...(executablePath && { executablePath }),
    },
  },
})

// With LAB=off nothing of the lab is a page of the build, and every file of it is named so that this holds.
import { readdirSync } from 'node:fs'
import { afterEach, expect, test, vi } from 'vitest'

afterEach(() => {
  vi.unstubAllEnvs()
  vi.resetModules()
})

const extensions = async (lab: string): Promise<readonly string[]> => {
  vi.stubEnv('LAB', lab)
  vi.resetModules()
  return (await import('../next.config.js')).default.pageExtensions ?? []
}

/** Whether Next takes a file for one that it serves. */
const served = (file: string, among: readonly string[]) =>
  among.some((extension) => new RegExp(`(^|/)(page|route|layout)\\.${extension.replace('.', '\\.')}$`).test(file))

test('with LAB=off no file of the lab is served, otherwise all of them are, and other pages always', async () => {
  const files = ['app/lab', 'app/api/lab'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`),
  )
  const pages = files.filter((file) => /(^|\/)(page|route|layout)\.[a-z.]+$/.test(file))
  expect(pages.length).toBeGreaterThan(10)
  const [off, on] = [await extensions('off'), await extensions('on')]
  expect(pages.filter((file) => served(file, off))).toEqual([])
  expect(pages.filter((file) => !served(file, on))).toEqual([])
  expect(await extensions('public')).toEqual(on)
  for (const among of [off, on]) expect(served('app/(site)/page.tsx', among)).toBe(true)
})

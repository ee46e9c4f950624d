// Whether the build in .next is of the sources as they are now.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readSettings } from './settings.mjs'

const marker = '.next/handstamp-build'
const folders = ['app', 'lib', 'public']
const files = [
  'middleware.ts',
  'next.config.js',
  'postcss.config.js',
  'postcss.config.mjs',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
]

/** @param {string} folder @returns {string[]} */
const filesUnder = (folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => join(folder, path))
    .filter((path) => statSync(path).isFile() && !/\.test\.tsx?$/.test(path))

const fingerprint = () => {
  // With LAB=off another app is built.
  const { LAB = '' } = readSettings('production')
  const hash = createHash('sha256')
    .update(process.versions.node)
    .update(`\0${LAB === 'off'}`)
  for (const path of [...folders.filter(existsSync).flatMap(filesUnder), ...files.filter(existsSync)].sort()) {
    hash.update(`\0${path}\0`).update(readFileSync(path))
  }
  return hash.digest('hex')
}

export const isBuilt = () =>
  existsSync('.next/BUILD_ID') && existsSync(marker) && readFileSync(marker, 'utf8') === fingerprint()

/** Until it ends well, a build is none: an earlier mark must not outlive it. @param {() => Promise<void>} build */
export const markedWhenDone = async (build) => {
  rmSync(marker, { force: true })
  const sources = fingerprint()
  await build()
  writeFileSync(marker, sources)
}

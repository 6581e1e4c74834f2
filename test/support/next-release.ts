import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const PARTS = ['domain', 'application', 'adapters', 'schemas', 'migrations', 'package.json'] as const

/** What a developer does to this release to get the next: files of their own, and text put before other text. */
export interface Development {
  readonly files: Readonly<Record<string, string>>
  readonly before: ReadonlyArray<readonly [path: string, text: string, put: string]>
}

export interface Release {
  /** Its program; it takes the arguments of `daisi`. */
  readonly entry: string
  readonly remove: () => void
}

const putBefore = (file: string, text: string, put: string): void => {
  const source = readFileSync(file, 'utf8')
  if (source.split(text).length !== 2) throw new Error(`${file} has not once ${text}`)
  writeFileSync(file, source.replace(text, () => put + text))
}

/** This tree, developed on, in a folder of its own: the same code but for what is said. */
export const nextRelease = ({ files, before }: Development): Release => {
  const folder = mkdtempSync(join(tmpdir(), 'daisi-next-'))
  for (const part of PARTS) cpSync(join(ROOT, part), join(folder, part), { recursive: true })
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  for (const [path, text, put] of before) putBefore(join(folder, path), text, put)
  return { entry: join(folder, 'adapters/inbound/cli/daisi.ts'), remove: () => { rmSync(folder, { recursive: true, force: true }) } }
}

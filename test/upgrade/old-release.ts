import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { migrations } from '../../migrations/migrations.ts'
import { exceptions } from './exceptions.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const MOST_BYTES = 256 * 1_024 * 1_024

/** The program as it was before the newest migration, taken from this clone's history. */
export interface OldRelease {
  readonly commit: string
  /** Migrations of now that it does not know, in their order. */
  readonly missing: ReadonlyArray<string>
  /** Its command line. */
  readonly entry: string
  /** Its packages are those of now; this says whether it asks for the same. */
  readonly samePackages: boolean
  readonly remove: () => void
}

const git = (...args: ReadonlyArray<string>): { readonly ok: boolean; readonly out: Buffer } => {
  const { status, stdout } = spawnSync('git', [...args], { cwd: ROOT, maxBuffer: MOST_BYTES })
  return { ok: status === 0, out: stdout }
}

/** Commits looked back at. */
const MOST_COMMITS = 1_000

interface Candidate { readonly commit: string; readonly missing: ReadonlyArray<string>; readonly renamed: boolean }

const lacking = (commit: string, names: ReadonlyArray<string>): Candidate => {
  const there = git('ls-tree', '--name-only', commit, 'migrations/').out.toString()
  const known = [...there.matchAll(/^migrations\/(\d{8}T\d{6}-[\w-]+)\.ts$/gm)].map(([, name = '']) => name)
  return { commit, missing: names.filter((name) => !known.includes(name)), renamed: known.some((name) => !names.includes(name)) }
}

/**
 * Of the ancestors that lack the newest migration and are behind no documented exception: the latest of those that lack as few migrations
 * as can be, for branches bring several at once. One that has a migration by a name that was given up was never released.
 */
const lastBeforeNewest = (names: ReadonlyArray<string>, needed: ReadonlyArray<string>): Candidate | undefined => {
  const [newest = ''] = names.slice(-1)
  return git('rev-list', `--max-count=${MOST_COMMITS}`, 'HEAD').out.toString().split('\n').filter((commit) => commit !== '')
    .map((commit) => lacking(commit, names))
    .filter(({ missing, renamed }) => !renamed && missing.includes(newest) && missing.length < names.length)
    .filter(({ missing }) => !needed.some((name) => missing.includes(name)))
    .reduce<Candidate | undefined>((least, one) =>
      (least === undefined || one.missing.length < least.missing.length ? one : least), undefined)
}

const unpack = (commit: string): string => {
  const archive = git('archive', '--format=tar', commit)
  if (!archive.ok) throw new Error(`git archive of ${commit} failed`)
  const folder = mkdtempSync(join(tmpdir(), 'daisi-old-'))
  const { status } = spawnSync('tar', ['--extract', '--directory', folder], { input: archive.out, maxBuffer: MOST_BYTES })
  if (status !== 0) throw new Error(`tar ended with ${status}`)
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  return folder
}

const lockOf = (root: string): string => readFileSync(join(root, 'package-lock.json'), 'utf8')

/** Unpacks it; throws when it cannot be had. */
export const oldRelease = (): OldRelease => {
  const shallow = git('rev-parse', '--is-shallow-repository')
  if (!shallow.ok) throw new Error('the release before is taken from the history of a git clone, and this is none')
  if (shallow.out.toString().trim() !== 'false') throw new Error('this clone has no whole history: git fetch --unshallow')
  const found = lastBeforeNewest(migrations.map(({ name }) => name), exceptions())
  if (found === undefined)
    throw new Error('no commit lacks the newest migration and has those that ops/docs/upgrade.md names as exceptions')
  const { commit, missing } = found
  const folder = unpack(commit)
  const entry = join(folder, 'adapters/inbound/cli/daisi.ts')
  if (!existsSync(entry)) throw new Error(`${commit} has no command line at adapters/inbound/cli/daisi.ts`)
  const remove = (): void => { rmSync(folder, { recursive: true, force: true }) }
  return { commit, missing, entry, samePackages: lockOf(folder) === lockOf(ROOT), remove }
}

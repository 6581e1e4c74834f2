import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { migrations } from '../../migrations/migrations.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const MOST_BYTES = 256 * 1_024 * 1_024

/** The program as it was before the newest migration. */
export interface OldRelease {
  readonly commit: string
  /** Migrations of now that it does not know. */
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
 * The latest of those that lack the newest migration and as few others as can be: branches bring several at once. One that has a migration
 * by a name that was given up was never released.
 */
const lastBeforeNewest = (names: ReadonlyArray<string>): Candidate | undefined => {
  const [newest] = names.slice(-1)
  return git('rev-list', `--max-count=${MOST_COMMITS}`, 'HEAD').out.toString().split('\n').filter((commit) => commit !== '')
    .map((commit) => lacking(commit, names))
    .filter(({ missing, renamed }) => !renamed && missing.some((name) => name === newest) && missing.length < names.length)
    .reduce<Candidate | undefined>((least, one) =>
      (least === undefined || one.missing.length < least.missing.length ? one : least), undefined)
}

/** Unpacks it; a text says why it cannot be had. */
export const oldRelease = (): OldRelease | string => {
  const shallow = git('rev-parse', '--is-shallow-repository').out.toString().trim()
  if (shallow !== 'false') return 'this clone has no history: git fetch --unshallow'
  const found = lastBeforeNewest(migrations.map(({ name }) => name))
  if (found === undefined) return 'no commit was found that lacks the newest migration and has others'
  const { commit, missing } = found
  const archive = git('archive', '--format=tar', commit)
  if (!archive.ok) return `git archive of ${commit} failed`
  const folder = mkdtempSync(join(tmpdir(), 'daisi-old-'))
  spawnSync('tar', ['--extract', '--directory', folder], { input: archive.out, maxBuffer: MOST_BYTES })
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  const lockOf = (root: string): string => readFileSync(join(root, 'package-lock.json'), 'utf8')
  const entry = join(folder, 'adapters/inbound/cli/daisi.ts')
  if (!existsSync(entry)) return `${commit} has no command line at adapters/inbound/cli/daisi.ts`
  const remove = (): void => { rmSync(folder, { recursive: true, force: true }) }
  return { commit, missing, entry, samePackages: lockOf(folder) === lockOf(ROOT), remove }
}

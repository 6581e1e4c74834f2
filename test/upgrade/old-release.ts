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

/** The commit before the one that brought the file; HEAD where none has. */
const commitBefore = (file: string): string | undefined => {
  const added = git('log', '--diff-filter=A', '--format=%H', '--', file)
  if (!added.ok) return undefined
  const [commit] = added.out.toString().trim().split('\n')
  const before = git('rev-parse', '--verify', '--quiet', commit === undefined || commit === '' ? 'HEAD' : `${commit}~1`)
  return before.ok ? before.out.toString().trim() : undefined
}

/** Unpacks it; a text says why it cannot be had. */
export const oldRelease = (): OldRelease | string => {
  const newest = migrations.at(-1)?.name
  const shallow = git('rev-parse', '--is-shallow-repository').out.toString().trim()
  if (shallow !== 'false') return 'this clone has no history: git fetch --unshallow'
  const commit = commitBefore(`migrations/${newest}.ts`)
  if (commit === undefined) return `no commit before the migration ${newest} was found`
  const archive = git('archive', '--format=tar', commit)
  if (!archive.ok) return `git archive of ${commit} failed`
  const folder = mkdtempSync(join(tmpdir(), 'daisi-old-'))
  spawnSync('tar', ['--extract', '--directory', folder], { input: archive.out, maxBuffer: MOST_BYTES })
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  const lockOf = (root: string): string => readFileSync(join(root, 'package-lock.json'), 'utf8')
  const entry = join(folder, 'adapters/inbound/cli/daisi.ts')
  if (!existsSync(entry)) return `${commit} has no command line at adapters/inbound/cli/daisi.ts`
  const remove = (): void => { rmSync(folder, { recursive: true, force: true }) }
  return { commit, entry, samePackages: lockOf(folder) === lockOf(ROOT), remove }
}

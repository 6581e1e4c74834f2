import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '../..')
const FOLDERS = ['domain', 'application', 'adapters', 'schemas', 'migrations', 'test', 'ops']

export const RULES_FILE = join(ROOT, 'ops/lint/dependency-rules.cjs')

/** An import that a rule refuses: `from` may not have it. */
export interface Violation { readonly rule: { readonly name: string }; readonly from: string; readonly to: string }

/** What dependency-cruiser says of a tree. Zero modules is its answer where it cannot read TypeScript, so look at the number too. */
export interface Cruised { readonly violations: ReadonlyArray<Violation>; readonly totalCruised: number }

/** Runs the project's rules over the tree in `folder`, which has all the project's folders. */
export const cruise = (folder: string): Cruised => {
  const program = join(ROOT, 'node_modules/.bin/depcruise')
  const { stdout, stderr } = spawnSync(process.execPath, [program, '--config', RULES_FILE, '--output-type', 'json', ...FOLDERS],
    { cwd: folder, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 })
  if (stdout === '') throw new Error(`dependency-cruiser says nothing: ${stderr}`)
  return (JSON.parse(stdout) as { readonly summary: Cruised }).summary
}

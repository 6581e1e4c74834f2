import { readFileSync } from 'node:fs'
import { migrations } from '../../migrations/migrations.ts'

const PAGE = new URL('../../ops/docs/upgrade.md', import.meta.url)
const HEADING = '\n## Exceptions\n'
const ROW = /^\| `([^`]+)` \|/gm

/**
 * Migrations that a release from before them does not work on, as the page for operators says: the one list of them. Throws when the
 * page has no such list or names a migration that there is not.
 */
export const exceptions = (): ReadonlyArray<string> => {
  const [, list] = readFileSync(PAGE, 'utf8').split(HEADING)
  if (list === undefined) throw new Error('ops/docs/upgrade.md has no list of exceptions')
  const named = [...list.matchAll(ROW)].map(([, name = '']) => name)
  const unknown = named.filter((name) => !migrations.some((migration) => migration.name === name))
  if (unknown.length > 0) throw new Error(`ops/docs/upgrade.md names as exceptions what is no migration: ${unknown.join(', ')}`)
  return named
}

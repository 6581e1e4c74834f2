import { createHash } from 'node:crypto'
import { chmodSync, lstatSync, mkdirSync } from 'node:fs'
import { projectRoot } from './project-root.ts'

const KEY_LENGTH = 12

/** A short name for any text, the same each time. */
export const keyOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, KEY_LENGTH)

/**
 * A folder that every account can enter, the same for the same clone (design 2). Its name can be foretold and its parent is open to all,
 * so one that somebody else made there first is refused: its programs would be run.
 */
export const reachablePlace = (): string => {
  const place = `/var/tmp/daisi-${keyOf(projectRoot())}`
  mkdirSync(place, { recursive: true })
  const { uid } = lstatSync(place)
  if (uid !== process.getuid?.()) throw new Error(`${place} belongs to another account; remove it, or set DATABASE_URL`)
  chmodSync(place, 0o755)
  return place
}

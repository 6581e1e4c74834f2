import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Settings } from './settings.ts'

export interface Secrets { readonly jwtKey: string; readonly cursorSecret: string }

const BYTES = 32

/** Kept in the data directory, readable by its owner only, so that tokens and cursors survive a restart. */
const kept = (dataDir: string, name: string): string => {
  const path = join(dataDir, `${name}.secret`)
  if (!existsSync(path)) {
    mkdirSync(dataDir, { recursive: true })
    writeFileSync(path, randomBytes(BYTES).toString('base64url'), { mode: 0o600, flag: 'wx' })
  }
  return readFileSync(path, 'utf8')
}

/** The given secrets, or generated ones; production never gets here without both given (settings). */
export const developmentSecrets = ({ jwtKey, cursorSecret, dataDir }: Settings): Secrets =>
  ({ jwtKey: jwtKey ?? kept(dataDir, 'jwt-key'), cursorSecret: cursorSecret ?? kept(dataDir, 'cursor-secret') })

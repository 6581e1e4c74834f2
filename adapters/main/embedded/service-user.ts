import { readFileSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/** PostgreSQL refuses to run as root; it is then run as this account. */
export interface Account { readonly uid: number; readonly gid: number }

const account = (user: string): Account | undefined => {
  const entry = readFileSync('/etc/passwd', 'utf8').split('\n').find((line) => line.startsWith(`${user}:`))?.split(':')
  return entry === undefined ? undefined : { uid: Number(entry[2]), gid: Number(entry[3]) }
}

/** `postgres`, else `nobody`, when we are root; undefined when we are not. No account is made. */
export const serviceUser = (): Account | undefined =>
  (process.getuid?.() === 0 ? (account('postgres') ?? account('nobody')) : undefined)

const READ_AND_ENTER = 0o005

/** Whether any account can read and enter `path` and all folders above it. */
export const reachableByAll = (path: string): boolean => {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    if ((statSync(folder).mode & READ_AND_ENTER) !== READ_AND_ENTER) return false
    if (folder === dirname(folder)) return true
  }
}

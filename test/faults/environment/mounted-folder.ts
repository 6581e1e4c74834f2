import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { openFolder } from '../../support/embedded-servers.ts'
import { ask, command } from './command.ts'
import { undoAtExit } from './undo.ts'

/** A file system of its own, mounted for a test. */
export interface MountedFolder {
  /** The mount point; any account may enter. */
  readonly path: string
  /** At once: whoever still uses it keeps what he has open. */
  readonly unmount: () => void
  readonly dispose: () => void
}

/** Options of the mount at `path`, as the kernel shows them; undefined where nothing is mounted. */
export const mountOptions = (path: string): ReadonlyArray<string> | undefined =>
  readFileSync('/proc/mounts', 'utf8').split('\n').map((line) => line.split(' ')).find((words) => words[1] === path)?.[3]?.split(',')

/** Below a new folder; `arrange` mounts it at the path given and may keep files beside it. */
export const mountedFolder = (arrange: (path: string, beside: string) => void): MountedFolder => {
  const beside = openFolder()
  const path = join(beside, 'disk')
  mkdirSync(path)
  const dispose = undoAtExit(() => {
    if (mountOptions(path) !== undefined) ask('umount', '--lazy', path)
    if (existsSync(beside)) rmSync(beside, { recursive: true, force: true })
  })
  arrange(path, beside)
  return { path, dispose, unmount: () => { command('umount', '--lazy', path) } }
}

/** Why nothing can be mounted here, in words; undefined where it can. */
export const whyNoMounts = (): string | undefined => {
  try {
    const trial = mountedFolder((path) => { command('mount', '-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', path) })
    trial.dispose()
    return undefined
  } catch (cause) {
    return cause instanceof Error ? cause.message : String(cause)
  }
}

import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { command } from './command.ts'
import { mountedFolder } from './mounted-folder.ts'

/** A disk that can be filled to the last byte. */
export interface SmallDisk {
  readonly path: string
  readonly fill: () => void
  /** Gives back what `fill` took. */
  readonly free: () => void
  readonly dispose: () => void
}

const BLOCK = Buffer.alloc(65_536)

const fillUp = (file: string): void => {
  const handle = openSync(file, 'w')
  try {
    for (;;) writeSync(handle, BLOCK)
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'ENOSPC')) throw cause
  } finally {
    closeSync(handle)
  }
}

/** A tmpfs of so many megabytes. */
export const smallDisk = (megabytes: number): SmallDisk => {
  const { path, dispose } = mountedFolder((at) => { command('mount', '-t', 'tmpfs', '-o', `size=${megabytes}m,mode=755`, 'tmpfs', at) })
  const ballast = join(path, 'ballast')
  return { path, dispose, fill: () => { fillUp(ballast) }, free: () => { rmSync(ballast, { force: true }) } }
}

import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { ask, command } from './command.ts'
import { mountedFolder, mountOptions, whyNoMounts } from './mounted-folder.ts'

/** A disk whose power can be cut: what was not forced to it is gone (reliability M24). */
export interface LoopDisk {
  readonly path: string
  /** From now on nothing reaches the disk and every access fails. The servers on it have to be killed then. */
  readonly cutPower: () => void
  /** Power again: mounted with what had reached the disk. */
  readonly restorePower: () => void
  readonly dispose: () => void
}

const MEGABYTES = 768
/**
 * `EXT4_IOC_SHUTDOWN` and `EXT4_GOING_FLAGS_NOLOGFLUSH` of the kernel's fs/ext4: Node has no ioctl, but Perl or Python is nearly
 * everywhere.
 */
const CUTTERS: ReadonlyArray<readonly [string, string, string]> = [
  ['perl', '-e', 'open(my $d, "<", $ARGV[0]) or die $!; my $f = pack("L", 2); ioctl($d, 0x8004587D, $f) or die $!'],
  ['python3', '-c', 'import fcntl,os,struct,sys; fcntl.ioctl(os.open(sys.argv[1], os.O_RDONLY), 0x8004587D, struct.pack("I", 2))'],
]

const cutPower = (path: string): void => {
  const failures = CUTTERS.map(([program, flag, script]) => {
    if (mountOptions(path)?.includes('shutdown') === true) return ''
    const { isDone, text } = ask(program, flag, script, path)
    return isDone ? '' : `${program}: ${text}`
  })
  if (mountOptions(path)?.includes('shutdown') !== true) throw new Error(`the power cannot be cut: ${failures.join('; ')}`)
}

/**
 * After a cut the disk goes on as a copy of itself: the kernel may hold the one that was shut down for ever (seen once, with
 * no process left that used it).
 */
export const loopDisk = (): LoopDisk => {
  let [image, copies] = ['', 0]
  const { path, unmount, dispose } = mountedFolder((at, beside) => {
    image = join(beside, 'image')
    command('truncate', '-s', `${MEGABYTES}M`, image)
    command('mkfs.ext4', '-q', '-F', image)
    command('mount', '-o', 'loop', image, at)
  })
  return {
    path, dispose,
    cutPower: () => { cutPower(path) },
    restorePower: () => {
      unmount()
      const [dead, copy] = [image, `${image}-${copies += 1}`]
      command('cp', '--sparse=always', dead, copy)
      rmSync(dead)
      image = copy
      command('mount', '-o', 'loop', image, path)
      if (mountOptions(path)?.includes('shutdown') !== false) throw new Error('the disk is still without power')
    },
  }
}

/** Why no power can be cut here, in words; undefined where it can. */
export const whyNoPowerCuts = (): string | undefined => {
  const mounts = whyNoMounts()
  if (mounts !== undefined) return mounts
  try {
    const trial = loopDisk()
    try {
      trial.cutPower()
    } finally {
      trial.dispose()
    }
    return undefined
  } catch (cause) {
    return cause instanceof Error ? cause.message : String(cause)
  }
}

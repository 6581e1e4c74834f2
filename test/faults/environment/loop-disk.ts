import { join } from 'node:path'
import { eventually } from '../../support/eventually.ts'
import { ask, command } from './command.ts'
import { mountedFolder, mountOptions, whyNoMounts } from './mounted-folder.ts'

/** A disk whose power can be cut: what was not forced to it is gone (reliability M24). */
export interface LoopDisk {
  readonly path: string
  /** From now on nothing reaches the disk and every access fails. The servers on it have to be killed then. */
  readonly cutPower: () => void
  /** Power again, once nobody uses the disk any more: mounted with what had reached it. */
  readonly restorePower: () => Promise<void>
  readonly dispose: () => void
}

const MEGABYTES = 768
const GONE_WITHIN_MS = 10_000
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

const isAttached = (image: string): boolean => command('losetup', '--associated', image) !== ''

export const loopDisk = (): LoopDisk => {
  let image = ''
  const { path, unmount, dispose } = mountedFolder((at, beside) => {
    image = join(beside, 'image')
    command('truncate', '-s', `${MEGABYTES}M`, image)
    command('mkfs.ext4', '-q', '-F', image)
    command('mount', '-o', 'loop', image, at)
  })
  return {
    path, dispose,
    cutPower: () => { cutPower(path) },
    restorePower: async () => {
      await unmount()
      await eventually('the loop device gone', () => !isAttached(image), GONE_WITHIN_MS)
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

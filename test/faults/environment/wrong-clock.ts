import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { command } from './command.ts'
import { undoAtExit } from './undo.ts'

const FOLDERS = ['lib', 'usr/lib'].flatMap((lib) => ['x86_64-linux-gnu', 'aarch64-linux-gnu', ''].map((triplet) => join(lib, triplet,
  'faketime')))
const LIBRARY = 'libfaketimeMT.so.1'
const FETCH_WITHIN_MS = 60_000

const libraryBelow = (root: string): string | undefined =>
  FOLDERS.map((folder) => join(root, folder, LIBRARY)).find((path) => existsSync(path))

/** The distribution's package, unpacked for this run; nothing is installed. */
const fetched = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'daisi-faketime-'))
  undoAtExit(() => { rmSync(folder, { recursive: true, force: true }) })
  const { status, stderr, error } = spawnSync('apt-get', ['-q', 'download', 'libfaketime'],
    { cwd: folder, encoding: 'utf8', timeout: FETCH_WITHIN_MS })
  const file = readdirSync(folder).find((name) => name.endsWith('.deb'))
  if (status !== 0 || file === undefined) throw new Error(`libfaketime cannot be had: ${error?.message ?? stderr.trim()}`)
  command('dpkg', '-x', join(folder, file), folder)
  return libraryBelow(folder) ?? ''
}

/** @throws in words where libfaketime cannot be had. */
export const clockLibrary = (): string => libraryBelow('/') ?? fetched()

const withLibrary = (library: string): Readonly<Record<string, string>> => ({ LD_PRELOAD: library, FAKETIME_DONT_FAKE_MONOTONIC: '1' })

/**
 * Environment of a process whose wall clock is wrong, in the words of faketime(1): `+2h`, `-3h`, `+0 x10`. Timers go right, as they do
 * on a machine whose clock is set or drifts.
 */
export const wrongClock = (library: string, how: string): Readonly<Record<string, string>> => ({ ...withLibrary(library), FAKETIME: how })

/** As `wrongClock`, by what the file says; read again each second, so that the clock can jump. */
export const clockOfFile = (library: string, file: string): Readonly<Record<string, string>> =>
  ({ ...withLibrary(library), FAKETIME_TIMESTAMP_FILE: file, FAKETIME_CACHE_DURATION: '1' })

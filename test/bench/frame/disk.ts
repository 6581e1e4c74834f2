import { statfsSync } from 'node:fs'
import { endEarly } from './ending.ts'

const BYTES_PER_GB = 1e9

/** Ends the benchmark, with nothing started, where less is free in `folder`. */
export const needDisk = async (folder: string, bytes: number): Promise<void> => {
  const { bavail, bsize } = statfsSync(folder)
  const free = bavail * bsize
  if (free < bytes)
    await endEarly(`not enough disk: ${(bytes / BYTES_PER_GB).toFixed(1)} GB are needed in ${folder}, ${(free / BYTES_PER_GB).toFixed(1)} GB are free`, 1)
}

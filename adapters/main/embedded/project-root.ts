import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const rootAbove = (folder: string): string =>
  (existsSync(join(folder, 'package.json')) || folder === dirname(folder) ? folder : rootAbove(dirname(folder)))

/** Folder of package.json, whether this file runs from source or from `dist/`. */
export const projectRoot = (): string => rootAbove(dirname(fileURLToPath(import.meta.url)))

import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The files below a folder by path, with their texts. */
export const committedFiles = (folder: URL): ReadonlyMap<string, string> =>
  new Map(globSync('**/*.*', { cwd: fileURLToPath(folder) }).sort().map((path) => [path, readFileSync(new URL(path, folder), 'utf8')]))

import { chownSync, renameSync, rmSync, writeFileSync } from 'node:fs'

export interface Access {
  readonly mode: number
  /** User and group that the files are given to; ours if absent. */
  readonly owner?: number
}

/** Each file whole or as it was: who reads while it is exchanged sees the old one. */
export const writeAll = (folder: string, contentOf: Readonly<Record<string, string>>, { mode, owner }: Access): void => {
  for (const [name, content] of Object.entries(contentOf)) {
    const path = `${folder}/${name}`
    rmSync(`${path}.new`, { force: true })
    writeFileSync(`${path}.new`, content, { mode })
    if (owner !== undefined) chownSync(`${path}.new`, owner, owner)
    renameSync(`${path}.new`, path)
  }
}

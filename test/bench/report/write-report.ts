import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { charts } from './charts.ts'
import { markdownOf } from './markdown.ts'
import type { ReportFile, Result } from './result.ts'

const filesOf = (results: ReadonlyArray<Result>): ReadonlyArray<ReportFile> => {
  const pictures = charts(results)
  return [...pictures, { name: 'latest.md', text: markdownOf(results, pictures) }]
}

/**
 * Writes all files beside their places first and then renames them, the text last: an interruption leaves the former report, or at worst
 * newer pictures of it, and never half a file.
 */
export const writeReport = (folder: string, results: ReadonlyArray<Result>): void => {
  mkdirSync(folder, { recursive: true })
  const files = filesOf(results).map(({ name, text }) => ({ text, place: join(folder, name), draft: join(folder, `.${name}.draft`) }))
  try {
    for (const { draft, text } of files) writeFileSync(draft, text)
    for (const { draft, place } of files) renameSync(draft, place)
  } finally {
    for (const { draft } of files) rmSync(draft, { force: true })
  }
}

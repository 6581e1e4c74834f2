import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const FOLDER = fileURLToPath(new URL('../../../ops/docs/', import.meta.url))
/** A fence of a language that can be run, and why it is not, if a comment above it says so. */
const BLOCK = /(?:<!-- not run here: (?<why>[^>]+) -->\s*)?^(?<indent> *)(?:\d+\. )?```(?<language>sh|sql)\n(?<text>[\s\S]*?)^ *```/gm

/** Something that a reader is told to run. */
export interface Block {
  readonly page: string
  readonly language: 'sh' | 'sql'
  readonly text: string
  /** Why a test cannot run it. */
  readonly why?: string
}

/** The pages for people; generated ones say nothing to run. */
export const pages = (): ReadonlyArray<string> => readdirSync(FOLDER).filter((name) => name.endsWith('.md')).sort()

export const pageText = (page: string): string => readFileSync(`${FOLDER}${page}`, 'utf8')

/** In the order of the page. */
export const blocksOf = (page: string): ReadonlyArray<Block> =>
  [...pageText(page).matchAll(BLOCK)].map(({ groups = {} }) => ({
    page, language: groups['language'] === 'sql' ? 'sql' : 'sh', text: groups['text'] ?? '',
    ...(groups['why'] === undefined ? {} : { why: groups['why'] }),
  }))

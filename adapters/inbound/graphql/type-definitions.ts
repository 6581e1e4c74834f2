import { readdirSync, readFileSync } from 'node:fs'

const FOLDER = new URL('../../../schemas/graphql/', import.meta.url)

/** The schema's text; the folder stands beside the compiled files too. */
export const readTypeDefinitions = (): ReadonlyArray<string> =>
  readdirSync(FOLDER).filter((name) => name.endsWith('.graphql')).sort().map((name) => readFileSync(new URL(name, FOLDER), 'utf8'))

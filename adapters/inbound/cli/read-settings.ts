import * as E from 'fp-ts/lib/Either.js'
import { EXIT_CONFIGURATION, readSettings, type Environment, type Settings } from '../../main/settings.ts'

/** The settings, or the end of the process: one line per problem on standard error, exit code 78. */
export const settingsOrExit = (env: Environment = process.env): Settings => {
  const settings = readSettings(env)
  if (E.isRight(settings)) return settings.right
  for (const problem of settings.left) process.stderr.write(`${problem}\n`)
  process.exit(EXIT_CONFIGURATION)
}

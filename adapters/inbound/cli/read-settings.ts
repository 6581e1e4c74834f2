import * as E from 'fp-ts/lib/Either.js'
import { refuse } from '../../main/refusal.ts'
import { readSettings, type Environment, type Settings } from '../../main/settings.ts'

/** The settings, or the end of the process: one line per problem on standard error, exit code 78. */
export const settingsOrExit = (env: Environment = process.env): Settings => {
  const settings = readSettings(env)
  return E.isRight(settings) ? settings.right : refuse(settings.left)
}

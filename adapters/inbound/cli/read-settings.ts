import * as E from 'fp-ts/lib/Either.js'
import { refuse } from '../../main/refusal.ts'
import { readSettings, type Settings } from '../../main/settings.ts'
import { USES, type Use } from '../../main/uses.ts'

/** The settings of these uses, or the end of the process: one line per problem on standard error, exit code 78. */
export const settingsOrExit = (uses: ReadonlyArray<Use> = USES): Settings => {
  const settings = readSettings(process.env, uses)
  return E.isRight(settings) ? settings.right : refuse(settings.left)
}

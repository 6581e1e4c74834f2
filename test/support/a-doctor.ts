import type { Examined } from '../../adapters/main/doctor/check.ts'
import { runDaisi, type Ran } from './run-daisi.ts'
import type { Environment } from './service-process.ts'

/** `daisi doctor`, as an operator calls it. */
export const doctor = (env: Environment, ...args: ReadonlyArray<string>): Promise<Ran> => runDaisi(['doctor', ...args], env)

/** What `--json` says, by area and name. */
export const findingsOf = ({ out }: Ran): ReadonlyMap<string, Examined> => {
  const { checks } = JSON.parse(out) as { readonly checks: ReadonlyArray<Examined> }
  return new Map(checks.map((one) => [`${one.area} ${one.name}`, one]))
}

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Examined } from '../../adapters/main/doctor/check.ts'
import type { Environment } from './service-process.ts'

const ENTRY = fileURLToPath(new URL('../../adapters/inbound/cli/daisi.ts', import.meta.url))

export interface Visit { readonly exitCode: number; readonly out: string; readonly err: string }

/** `daisi doctor`, as an operator calls it. */
export const doctor = async (env: Environment, ...args: ReadonlyArray<string>): Promise<Visit> => {
  const child = spawn(process.execPath, [ENTRY, 'doctor', ...args], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } })
  let [out, err] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => { out += chunk.toString() })
  child.stderr.on('data', (chunk: Buffer) => { err += chunk.toString() })
  const [exitCode] = await once(child, 'close') as [number]
  return { exitCode, out, err }
}

/** What `--json` says, by area and name. */
export const findingsOf = ({ out }: Visit): ReadonlyMap<string, Examined> => {
  const { checks } = JSON.parse(out) as { readonly checks: ReadonlyArray<Examined> }
  return new Map(checks.map((one) => [`${one.area} ${one.name}`, one]))
}

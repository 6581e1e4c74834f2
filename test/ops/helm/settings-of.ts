import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { nkeys } from '@nats-io/nats-core'
import { readSettings } from '../../../adapters/main/settings.ts'
import { settingsTable } from '../../../adapters/main/settings-table.ts'
import { USES, usesOf, type Use } from '../../../adapters/main/uses.ts'
import type { Setting } from '../../../adapters/main/setting.ts'
import type { Manifest } from './chart.ts'

const GIVEN = '/run/daisi'

/** What stands in the Secrets that values.yaml asks for. */
const CONTENT: Readonly<Record<string, string>> = {
  'cursor-secret': 'b6Yk0c0f1YvQ2m9Zt3xW8uE5rT7pL4aN',
  'database-url': 'postgres://login:password@db.example/daisi?sslmode=verify-full',
  'nats-login': new TextDecoder().decode(nkeys.createUser().getSeed()),
  'nats-ca.crt': 'a certificate',
  'database-ca.crt': 'a certificate',
}

/** Files of a mount: those that its items name; of a whole Secret those that its process asks for. */
const filesOf = ({ spec: { template: { spec } } }: Manifest): ReadonlyArray<string> => {
  const sources = spec.volumes.find(({ name }) => name === 'given')?.projected?.sources ?? []
  return sources.flatMap(({ secret, configMap }) => (secret ?? configMap)?.items?.map(({ path }) => path) ?? ['database-url', 'nats-login'])
}

/** What the program of a pod uses: `start <role>`, or a command. */
const podUses = ({ spec: { template: { spec } } }: Manifest): ReadonlyArray<Use> => {
  const [command = '', role = ''] = spec.containers[0].args
  const program = command === 'start' ? role : command
  return program in usesOf ? usesOf[program as keyof typeof usesOf] : USES
}

/** Settings in a pod's environment that its program has no use for. */
export const superfluous = (workload: Manifest): ReadonlyArray<string> => {
  const used = podUses(workload)
  const named = new Map(Object.values<Setting<unknown>>(settingsTable).flatMap(({ name, use }) =>
    (use === undefined ? [] : [[name, use], [`${name}_FILE`, use]] as const)))
  return workload.spec.template.spec.containers[0].env.map(({ name }) => name).filter((name) => {
    const use = named.get(name)
    return use !== undefined && !used.includes(use)
  })
}

/** Names of the Secrets that are mounted. */
export const secretsOf = ({ spec: { template: { spec } } }: Manifest): ReadonlyArray<string> =>
  spec.volumes.flatMap(({ projected }) => (projected?.sources ?? []).flatMap(({ secret }) => (secret === undefined ? [] : [secret.name])))

/** What the service itself says to the environment and the files that a pod of the chart has. */
export const settingsOf = (workload: Manifest): ReturnType<typeof readSettings> => {
  const folder = mkdtempSync(join(tmpdir(), 'daisi-chart-'))
  for (const file of filesOf(workload)) writeFileSync(join(folder, file), CONTENT[file] ?? '', { mode: 0o640 })
  const { env } = workload.spec.template.spec.containers[0]
  const environment = Object.fromEntries(env.map(({ name, value }) => [name, value.replace(GIVEN, folder)]))
  const settings = readSettings({ NODE_ENV: 'production', ...environment }, podUses(workload))
  rmSync(folder, { recursive: true })
  return settings
}

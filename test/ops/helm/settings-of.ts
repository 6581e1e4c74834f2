import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { nkeys } from '@nats-io/nats-core'
import { readSettings } from '../../../adapters/main/settings.ts'
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

/** What the service itself says to the environment and the files that a pod of the chart has. */
export const settingsOf = (workload: Manifest): ReturnType<typeof readSettings> => {
  const folder = mkdtempSync(join(tmpdir(), 'daisi-chart-'))
  for (const file of filesOf(workload)) writeFileSync(join(folder, file), CONTENT[file] ?? '', { mode: 0o640 })
  const { env } = workload.spec.template.spec.containers[0]
  const environment = Object.fromEntries(env.map(({ name, value }) => [name, value.replace(GIVEN, folder)]))
  const settings = readSettings({ NODE_ENV: 'production', ...environment })
  rmSync(folder, { recursive: true })
  return settings
}

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Manifest } from './chart.ts'
import { ROOT } from './tools.ts'

/** Where the types of a kind are that others bring to Kubernetes. */
export const CUSTOM: Readonly<Record<string, string>> = {
  ScaledObject: '@kubernetes-models/keda/keda.sh/v1alpha1/ScaledObject',
  ServiceMonitor: '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor',
  PrometheusRule: '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PrometheusRule',
}

const COMPILER = join(ROOT, 'node_modules/typescript-native/bin/tsc')
const OPTIONS = ['--ignoreConfig', '--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--target', 'es2024', '--types', '']

/** What the compiler says of the resources as values of their types: also a field that no type knows. Empty when they are right. */
export const problemsOf = (resources: ReadonlyArray<Manifest>): string => {
  const folder = mkdtempSync(join(ROOT, '.cache', 'custom-resources-'))
  const file = join(folder, 'resources.mts')
  const lines = resources.map((resource, i) => {
    const type = `import('${CUSTOM[resource.kind] ?? ''}').I${resource.kind}`
    return `export const resource${i}: ${type} = ${JSON.stringify(resource, undefined, 1)}\n`
  })
  writeFileSync(file, lines.join(''))
  const { stdout } = spawnSync(process.execPath, [COMPILER, ...OPTIONS, file], { encoding: 'utf8' })
  rmSync(folder, { recursive: true })
  return stdout
}

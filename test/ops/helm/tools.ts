import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const TOOLS = `${ROOT}.cache/helm`
/** Building helm takes two minutes on two busy cores. */
const BUILT_WITHIN_MS = 600_000

/** Oldest and newest release of Kubernetes whose schemas the chart is held to. */
export const KUBERNETES = ['1.29.0', '1.37.0'] as const

const UNAVAILABLE = 69

/** Undefined when the tools are there; else, in words, why they cannot be had. Throws on any other failure. */
export const whyNoTools = (): string | undefined => {
  const { status, stderr, error } = spawnSync('sh', ['ops/helm/get-tools.sh', TOOLS],
    { cwd: ROOT, encoding: 'utf8', timeout: BUILT_WITHIN_MS })
  const said = `${error?.message ?? ''}${(stderr ?? '').trim().slice(-500)}`
  if (status !== 0 && status !== UNAVAILABLE) throw new Error(`ops/helm/get-tools.sh failed: ${said}`)
  return status === 0 ? undefined : said
}

export interface Ran { readonly code: number | null; readonly out: string; readonly err: string }

const run = (tool: string, args: ReadonlyArray<string>, input = ''): Ran => {
  const { status, stdout, stderr } = spawnSync(`${TOOLS}/${tool}`, args, { cwd: ROOT, encoding: 'utf8', input, maxBuffer: 16 * 1_048_576 })
  return { code: status, out: stdout, err: stderr }
}

export const helm = (...args: ReadonlyArray<string>): Ran => run('helm', args)

/** Kinds that others bring to Kubernetes have no schema here. */
export const kubeconform = (manifests: string, release: string, skipped: ReadonlyArray<string>): Ran => {
  const schemas = `${TOOLS}/schemas/${release}/{{.ResourceKind}}{{.KindSuffix}}.json`
  return run('kubeconform', ['-strict', '-summary', '-output', 'json', '-skip', skipped.join(','), '-schema-location', schemas], manifests)
}

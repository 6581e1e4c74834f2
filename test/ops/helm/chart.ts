import { parseAllDocuments } from 'yaml'
import { helm, KUBERNETES, type Ran } from './tools.ts'

const CHART = 'ops/helm/daisi-wa-events-processor'

interface Container {
  readonly args: ReadonlyArray<string>
  readonly env: ReadonlyArray<{ readonly name: string; readonly value: string }>
  readonly securityContext: unknown
  readonly lifecycle?: { readonly preStop: { readonly exec: { readonly command: ReadonlyArray<string> } } }
}

export interface PodSpec {
  readonly containers: readonly [Container]
  readonly securityContext: unknown
  readonly terminationGracePeriodSeconds?: number
  readonly volumes: ReadonlyArray<{ readonly name: string; readonly projected?: { readonly sources: ReadonlyArray<Source> } }>
}

interface Items { readonly name: string; readonly items?: ReadonlyArray<{ readonly path: string }> }
export interface Source { readonly secret?: Items; readonly configMap?: Items }

export interface Manifest {
  readonly kind: string
  readonly metadata: { readonly name: string; readonly annotations?: Readonly<Record<string, string>> }
  readonly spec: { readonly template: { readonly spec: PodSpec }; readonly groups?: unknown; readonly replicas?: number }
}

export const VALUES = ['minimal', 'external-secrets', 'full'] as const
export type Values = typeof VALUES[number]

const fileOf = (values: Values): string => `ops/helm/values/${values}.yaml`

export const lint = (values: Values): Ran => helm('lint', '--strict', '--kube-version', KUBERNETES[1], '--values', fileOf(values), CHART)

/** What helm would send to Kubernetes, as text; `more` are further arguments. */
export const rendered = (values: Values, release: string = KUBERNETES[1], ...more: ReadonlyArray<string>): Ran =>
  helm('template', 'events', CHART, '--namespace', 'whatsapp', '--kube-version', release, '--values', fileOf(values), ...more)

export const manifestsOf = (values: Values): ReadonlyArray<Manifest> => {
  const { code, out, err } = rendered(values)
  if (code !== 0) throw new Error(err)
  return parseAllDocuments(out).map((document) => document.toJS() as Manifest | null).filter((manifest) => manifest !== null)
}

/** All that run pods of ours. */
export const workloadsOf = (values: Values): ReadonlyArray<Manifest> =>
  manifestsOf(values).filter(({ kind }) => kind === 'Deployment' || kind === 'Job')

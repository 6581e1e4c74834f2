import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { HEAP_FLAGS } from '../../adapters/main/heap-flags.ts'
import { STOP_WITHIN_MS } from '../../adapters/main/shutdown.ts'
import { manifestsOf, lint, rendered, VALUES, workloadsOf } from './helm/chart.ts'
import { CUSTOM, problemsOf } from './helm/custom-resources.ts'
import { secretsOf, settingsOf, superfluous } from './helm/settings-of.ts'
import { kubeconform, KUBERNETES, whyNoTools } from './helm/tools.ts'

const RULES = 'ops/prometheus/rules.yaml'

const reason = whyNoTools()
if (reason !== undefined) process.stdout.write(`not run: the chart is neither rendered nor validated, for helm, kubeconform or schemas cannot be had: ${reason}\n`)
else describe('the chart', function () {
  this.timeout(60_000)

  for (const values of VALUES) {
    it(`passes helm lint and the schemas of Kubernetes ${KUBERNETES.join(' and ')} with ${values}.yaml`, () => {
      const linted = lint(values)
      expect(linted.code, linted.out).to.equal(0)
      for (const release of KUBERNETES) {
        const manifests = rendered(values, release)
        expect(manifests.code, manifests.err).to.equal(0)
        const { code, out } = kubeconform(manifests.out, release, Object.keys(CUSTOM))
        expect(code, out).to.equal(0)
        expect((JSON.parse(out) as { readonly summary: { readonly valid: number } }).summary.valid).to.be.greaterThan(7)
      }
    })

    it(`gives every process settings that it starts with in production, with ${values}.yaml`, () => {
      const workloads = workloadsOf(values)
      for (const workload of workloads) expect(settingsOf(workload), workload.metadata.name).to.satisfy(E.isRight)
      expect(workloads.filter(({ kind }) => kind === 'Deployment')).to.have.length(3)
    })
  }

  it('gives no pod a secret or an address of another\'s', () => {
    const workloads = workloadsOf('full')
    for (const workload of workloads) expect(superfluous(workload), workload.metadata.name).to.deep.equal([])
    expect(Object.fromEntries(workloads.map((workload) => [workload.metadata.name.replace('events-daisi-', ''), secretsOf(workload)])))
      .to.deep.equal({ migrate: ['daisi-migrate'], provision: ['daisi-provision'], ingest: ['daisi-ingest'], project: ['daisi-project'],
        serve: ['daisi-serve', 'daisi-cursor'] })
  })

  it('has a check that finds what Kubernetes does not know', () => {
    const wrong = rendered('minimal').out.replaceAll('readOnlyRootFilesystem', 'readOnlyRootFileSystem')
    expect(kubeconform(wrong, KUBERNETES[0], Object.keys(CUSTOM)).code).to.equal(1)
  })

  it('makes custom resources that their types know', () => {
    const custom = manifestsOf('full').filter(({ kind }) => kind in CUSTOM)
    expect(custom.map(({ kind }) => kind)).to.have.members(Object.keys(CUSTOM))
    expect(problemsOf(custom)).to.equal('')
    const misspelt = JSON.parse(JSON.stringify(custom).replaceAll('scaleTargetRef', 'scaleTargetReference')) as typeof custom
    expect(problemsOf(misspelt)).to.contain('scaleTargetReference')
  })

  it('carries the rules of ops/prometheus, and scales by a metric that they watch', () => {
    const manifests = manifestsOf('full')
    const { groups } = parse(readFileSync(RULES, 'utf8')) as { readonly groups: unknown }
    expect(manifests.find(({ kind }) => kind === 'PrometheusRule')?.spec.groups).to.deep.equal(groups)
    const [metric = ''] = /daisi_\w+/.exec(JSON.stringify(manifests.find(({ kind }) => kind === 'ScaledObject'))) ?? []
    expect(metric).to.match(/_seconds$/)
    expect(readFileSync(RULES, 'utf8')).to.contain(metric)
  })

  it('keeps every pod to the standard "restricted" and its root file system read-only', () => {
    for (const { metadata, spec: { template: { spec } } } of workloadsOf('full')) {
      expect(spec.securityContext, metadata.name).to.deep.include({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } })
      expect(spec.containers[0].securityContext, metadata.name)
        .to.deep.equal({ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } })
      expect(spec, metadata.name).to.not.have.any.keys('hostNetwork', 'hostPID', 'hostIPC', 'initContainers')
    }
  })

  it('gives ingest and serve the limits of V8 that they were measured with', () => {
    const deployments = workloadsOf('full').filter(({ kind }) => kind === 'Deployment')
    const envOf = (role: string) => deployments.find(({ metadata }) => metadata.name.endsWith(role))?.spec.template.spec.containers[0].env
    const flagsOf = (role: string): string | undefined => envOf(role)?.find(({ name }) => name === 'NODE_OPTIONS')?.value
    expect([flagsOf('ingest'), flagsOf('serve')]).to.deep.equal([HEAP_FLAGS.ingest.join(' '), HEAP_FLAGS.serve.join(' ')])
  })

  it('gives every process the time that an orderly stop takes', () => {
    for (const { kind, metadata, spec: { template: { spec } } } of workloadsOf('full')) {
      if (kind !== 'Deployment') continue
      const waits = Number(spec.containers[0].lifecycle?.preStop.exec.command[1] ?? 0)
      expect(spec.terminationGracePeriodSeconds, metadata.name).to.be.greaterThan(waits + STOP_WITHIN_MS / 1_000)
    }
  })

  it('migrates before an install and an upgrade, and leaves the number of pods to what scales them', () => {
    const manifests = manifestsOf('full')
    const job = manifests.find(({ kind, metadata }) => kind === 'Job' && metadata.name === 'events-daisi-migrate')
    expect(job?.metadata.annotations).to.include({ 'helm.sh/hook': 'pre-install,pre-upgrade' })
    const deployments = manifests.filter(({ kind }) => kind === 'Deployment')
    expect(Object.fromEntries(deployments.map(({ metadata, spec }) => [metadata.name, spec.replicas]))).to.deep.equal(
      { 'events-daisi-ingest': undefined, 'events-daisi-project': 2, 'events-daisi-serve': undefined })
  })

  const refused: ReadonlyArray<readonly [what: string, set: string, says: RegExp]> = [
    ['a value that does not exist', 'ingest.replica=3', /replica/],
    ['a setting that is no string', 'settings.BATCHES_IN_FLIGHT=4', /BATCHES_IN_FLIGHT/], ['an address that is none', 'nats.url=events', /url/], ['no place to scale by', 'ingest.autoscaling.prometheusUrl=', /prometheusUrl is required/],
  ]
  for (const [what, set, says] of refused)
    it(`refuses ${what}`, () => {
      const { code, err } = rendered('full', KUBERNETES[1], '--set', set)
      expect(code).to.equal(1)
      expect(err).to.match(says)
    })
})

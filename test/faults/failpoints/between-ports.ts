import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Prepare } from '../../../adapters/main/container.ts'
import { token } from '../../../adapters/main/tokens.ts'
import type { HandleBatch } from '../../../application/commands/handle-batch.ts'
import type { DeadLetterOutlet } from '../../../application/ports/dead-letter-outlet.ts'
import type { EventLog } from '../../../application/ports/event-log.ts'
import type { Checkpoints } from '../../../application/ports/checkpoints.ts'
import type { FailedEvents } from '../../../application/ports/failed-events.ts'
import type { ReadModelStore } from '../../../application/ports/read-model-store.ts'
import type { PostScanSyncs } from '../../../application/ports/post-scan-syncs.ts'
import type { ReplayQueue } from '../../../application/ports/replay-queue.ts'
import type { RetryQueue } from '../../../application/ports/retry-queue.ts'
import type { Transactions, Tx } from '../../../application/ports/transactions.ts'
import { failingFirst } from './failing-first.ts'
import type { Boundary, Reach } from './failpoint.ts'

/** A step with a boundary before it, behind its success, or both. */
const around = <Err, A>(step: TaskEither<Err, A>, { before, behind }: {
  readonly before?: () => Promise<void>
  readonly behind?: (result: A) => Promise<void>
}): TaskEither<Err, A> => async () => {
  await before?.()
  const result = await step()
  if (E.isRight(result)) await behind?.(result.right)
  return result
}

const companiesOf = (items: ReadonlyArray<{ readonly companyId: string }>): ReadonlyArray<string> => items.map(({ companyId }) => companyId)

const aroundTransactions = ({ reach }: Reach, { transact }: Transactions): Transactions => ({
  transact: (scope, work) => {
    const at = (name: Boundary) => (): Promise<void> => reach(name, scope.companies)
    const watched = (tx: Tx): Tx => ({
      load: (wanted) => around(tx.load(wanted), { behind: at('transaction.loaded') }),
      save: (changes) => around(tx.save(changes), { behind: at('transaction.saved') }),
    })
    return around(transact(scope, (tx) => around(work(watched(tx)), { before: at('transaction.locked') })),
      { before: at('transaction.begins') })
  },
})

/** What a process has done last for the company; ends of steps that do not name one are told by it. */
interface Seen { committed: boolean; handledByPolicy: boolean; contacts: boolean }

const aroundHandle = ({ reach, concerns }: Reach, seen: Seen, handle: HandleBatch): HandleBatch => (batch) =>
  around(handle(batch), { behind: async () => {
    const companies = companiesOf(batch)
    if (concerns(companies)) {
      seen.committed = true
      seen.contacts ||= batch.some(({ kind, companyId }) => kind === 'contact' && concerns([companyId]))
      seen.handledByPolicy ||= batch.some(({ cause, companyId }) => cause.type === 'policy' && concerns([companyId]))
    }
    await reach('batch.committed', companies)
  } })

const aroundCheckpoints = ({ reach, company }: Reach, seen: Seen, { of, move }: Checkpoints): Checkpoints => ({
  of, move: (policy, from, to) => around(move(policy, from, to), { before: async () => {
    if (seen.handledByPolicy) await reach('policy.handled', [company])
  } }),
})

type Copied = (companies: ReadonlyArray<string>) => Promise<void>

const aroundFailures = ({ reach }: Reach, port: FailedEvents, copied: Copied): FailedEvents => {
  const found = new Map<number, string>()
  return {
    ...port,
    record: (failures) => around(port.record(failures), {
      before: () => reach('failure.found', companiesOf(failures)), behind: () => reach('failure.stored', companiesOf(failures)) }),
    unpublished: (...most) => around(port.unpublished(...most), { behind: async (letters) => {
      for (const { id, companyId } of letters) found.set(id, companyId)
      await reach('letter.found', companiesOf(letters))
    } }),
    markPublished: (ids) => around(port.markPublished(ids), { behind: async () => {
      const companies = ids.map((id) => found.get(id) ?? '')
      await reach('letter.marked', companies)
      await copied(companies)
    } }),
  }
}

const aroundRetries = ({ reach }: Reach, queue: RetryQueue): RetryQueue => ({
  ...queue,
  claimDue: (limit, seconds) => around(queue.claimDue(limit, seconds),
    { behind: (letters) => reach('retry.claimed', companiesOf(letters)) }),
  conclude: (outcomes) => around(queue.conclude(outcomes), { before: () => reach('retry.applied', companiesOf(outcomes)) }),
})

const aroundReplays = ({ reach }: Reach, queue: ReplayQueue): ReplayQueue => ({
  ...queue,
  claim: (limit, seconds) => around(queue.claim(limit, seconds),
    { behind: (items) => reach('replay.claimed', companiesOf(items.map(({ letter }) => letter))) }),
  conclude: (outcomes) => around(queue.conclude(outcomes), { before: () => reach('replay.applied', companiesOf(outcomes)) }),
})

/** A sync that runs before the contacts are there finds none; here it waits for them. */
const aroundSyncs = ({ reach, boundary }: Reach, seen: Seen, syncs: PostScanSyncs): PostScanSyncs => ({
  claim: (companies, leaseMs) =>
    (boundary.startsWith('sync.') && !seen.contacts ? async () => E.right(undefined) : syncs.claim(companies, leaseMs)),
  scan: (sync, limit) => around(syncs.scan(sync, limit), { behind: () => reach('sync.scanned', [sync.companyId]) }),
  advance: (sync, after) => around(syncs.advance(sync, after), { before: () => reach('sync.applied', [sync.companyId]) }),
})

const aroundOutlet = ({ reach }: Reach, { publish }: DeadLetterOutlet): DeadLetterOutlet => ({
  publish: (letters) => around(publish(letters), { behind: () => reach('letter.published', companiesOf(letters)) }),
})

/** Deaths of ingest. `settled` is heard through the counter of events: it counts right behind the acknowledgement. */
export const dyingIngest = (point: Reach): Prepare => (container) => {
  const seen: Seen = { committed: false, handledByPolicy: false, contacts: false }
  const first = failingFirst(point)
  container.onActivation(token.transactions, (_, port) => aroundTransactions(point, port))
  container.onActivation(token.handleBatch, (_, port) => aroundHandle(point, seen, first.handle(port)))
  container.onActivation(token.checkpoints, (_, port) => aroundCheckpoints(point, seen, port))
  container.onActivation(token.failedEvents, (_, port) => aroundFailures(point, { ...port, record: first.record(port) },
    (companies) => first.copied(companies, () => container.getAsync(token.openOperations))))
  container.onActivation(token.retryQueue, (_, queue) => aroundRetries(point, first.retryQueue(queue)))
  container.onActivation(token.replayQueue, (_, queue) => aroundReplays(point, queue))
  container.onActivation(token.syncs, (_, syncs) => aroundSyncs(point, seen, syncs))
  container.onActivation(token.outlet, (_, port) => aroundOutlet(point, port))
  container.onActivation(token.metrics, (_, metrics) => {
    const count = metrics.events.inc.bind(metrics.events) as (labels: { readonly event: string }, value?: number) => void
    Object.assign(metrics.events, { inc: (labels: { readonly event: string }, value?: number) => {
      count(labels, value)
      if (seen.committed && labels.event === point.event) void point.reach('event.acknowledged', [point.company])
    } })
    return metrics
  })
}

const aroundLog = ({ reach }: Reach, log: EventLog): EventLog => ({
  ...log,
  read: (...asked) => around(log.read(...asked), { behind: ({ facts }) => reach('page.read', companiesOf(facts)) }),
})

const aroundReadModels = ({ reach }: Reach, store: ReadModelStore): ReadModelStore => ({
  ...store,
  advance: (name, step) => {
    const at = (boundary: Boundary) => (): Promise<void> => reach(boundary, step.rows.map(({ key: { companyId } }) => companyId))
    return around(store.advance(name, step), { before: at('rows.folded'), behind: at('rows.advanced') })
  },
})

/** Deaths of project. */
export const dyingProject = (point: Reach): Prepare => (container) => {
  container.onActivation(token.eventLog, (_, port) => aroundLog(point, port))
  container.onActivation(token.readModels, (_, port) => aroundReadModels(point, port))
}

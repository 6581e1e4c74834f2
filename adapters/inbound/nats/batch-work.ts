import type { HandleUnits, Verdict } from '../../../application/commands/isolate-faults.ts'
import type { Tracing } from '../../../application/ports/tracing.ts'
import type { WallClock } from '../../../application/ports/wall-clock.ts'
import type { Circuit } from './circuit.ts'
import { bodyOfItem } from './decode-event.ts'
import { eventSpans } from './event-spans.ts'
import type { Failing } from './failure-of-event.ts'
import type { IngestProbe } from './ingest-probe.ts'
import type { Part } from './parts.ts'
import type { TrackedEvent } from './tracked-event.ts'

export type Fail = (event: TrackedEvent, failing: Omit<Failing, 'delivery' | 'companyId'>) => void
type Done = (event: TrackedEvent, parts?: number) => void

export interface BatchWorkOptions { readonly clock: WallClock; readonly probe: IngestProbe; readonly tracing: Tracing }

const MS_PER_SECOND = 1_000

/** What has become of one part of a batch. */
export const concluding = (done: Done, fail: Fail) => ({ event, unit }: Part, verdict: Verdict): void => {
  if (verdict.type === 'done') {
    event.facts += verdict.facts
    return done(event)
  }
  const index = unit[0]?.cause.item ?? 0
  const body = bodyOfItem(event.incoming.delivery, index)
  fail(event, { failure: verdict.failure, ...(body === undefined ? {} : { item: { index, body } }) })
}

const NO_VERDICT: Verdict = { type: 'failed', failure: { type: 'Bug', cause: new Error('no verdict') } }

/** One batch; while a dependency is down it is held and tried again. */
export const batchWork = (
  { clock, probe, tracing }: BatchWorkOptions, handleUnits: HandleUnits, gate: Circuit, conclude: ReturnType<typeof concluding>,
) =>
  async (batch: ReadonlyArray<Part>): Promise<void> => {
    const begun = clock.nowMs()
    const verdicts = await eventSpans(tracing).batch(batch, () => gate.untilAvailable(handleUnits(batch.map(({ unit }) => unit))))
    if (verdicts === undefined) return
    probe.batch(batch.reduce((sum, { items }) => sum + items, 0), (clock.nowMs() - begun) / MS_PER_SECOND)
    for (const [i, part] of batch.entries()) conclude(part, verdicts[i] ?? NO_VERDICT)
  }

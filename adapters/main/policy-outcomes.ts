import * as E from 'fp-ts/lib/Either.js'
import type { Instruction } from '../../application/aggregates.ts'
import type { HandleBatch } from '../../application/commands/handle-batch.ts'
import type { ServiceMetrics } from '../outbound/telemetry/metrics/service-metrics.ts'

/** Who gave the instruction: a policy or a stored job. */
const giverOf = ({ cause }: Instruction): string => {
  switch (cause.type) {
    case 'policy': return cause.policy
    case 'job': return cause.job
    case 'event': return 'event'
  }
}

/** Counts what becomes of instructions that policies and jobs give: `unchanged` when their effect already held. */
export const countingOutcomes = (handle: HandleBatch, { policyInstructions }: Pick<ServiceMetrics, 'policyInstructions'>): HandleBatch =>
  (batch) => async () => {
    const handled = await handle(batch)()
    for (const [i, instruction] of batch.entries()) {
      const outcome = E.isLeft(handled) ? 'failed' : (handled.right[i] ?? 0) > 0 ? 'applied' : 'unchanged'
      policyInstructions.inc({ policy: giverOf(instruction), kind: instruction.kind, outcome })
    }
    return handled
  }

/** All outcomes of onboardings, before the first. */
export const beginOnboardingsAtZero = ({ policyInstructions }: Pick<ServiceMetrics, 'policyInstructions'>): void => {
  for (const policy of ['onboarding', 'post_scan_sync'])
    for (const outcome of ['applied', 'unchanged', 'failed']) policyInstructions.inc({ policy, kind: 'onboarding', outcome }, 0)
}

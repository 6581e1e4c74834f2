import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Instruction } from '../aggregates.ts'
import type { HandleBatch } from '../commands/handle-batch.ts'
import type { Checkpoints } from '../ports/checkpoints.ts'
import type { EventLog, LogPage, Position } from '../ports/event-log.ts'
import type { Unavailable, Unstorable } from '../ports/unavailable.ts'
import type { Policy } from './policy.ts'

export interface PolicyPorts { readonly log: EventLog; readonly checkpoints: Checkpoints; readonly handle: HandleBatch }

/** `more`: something was read, so there may be facts already. `moved`: false when another process was faster. */
export interface Followed { readonly facts: number; readonly more: boolean; readonly moved: boolean }

type Failing = Unavailable | Unstorable

const NOTHING_READ: Followed = { facts: 0, more: false, moved: true }

const handled = (handle: HandleBatch, batch: ReadonlyArray<Instruction>): TE.TaskEither<Failing, unknown> =>
  (batch.length === 0 ? TE.right(undefined) : handle(batch))

const followPage = (
  { name, react }: Policy, { checkpoints, handle }: PolicyPorts, from: Position, { facts, through }: LogPage,
): TE.TaskEither<Failing, Followed> => {
  if (through === undefined) return TE.right(NOTHING_READ)
  return pipe(
    handled(handle, facts.flatMap(react)),
    TE.chainW(() => checkpoints.move(name, from, through.position)),
    TE.map((moved) => ({ facts: facts.length, more: true, moved })),
  )
}

/**
 * One step: the next page of the log, its instructions as one batch, then the checkpoint. At least once: a crash between
 * the two, or a second follower, repeats the page, which changes nothing because deciders answer `[]`.
 */
export const followPolicy = (policy: Policy, ports: PolicyPorts, limit: number): TE.TaskEither<Failing, Followed> => pipe(
  ports.checkpoints.of(policy.name),
  TE.chain((from): TE.TaskEither<Failing, Followed> => pipe(
    ports.log.read(from, [policy.kind], limit, policy.types),
    TE.chainW((page) => followPage(policy, ports, from, page)),
  )),
)

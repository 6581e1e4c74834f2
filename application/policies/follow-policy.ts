import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Instruction } from '../aggregates.ts'
import type { HandleBatch } from '../commands/handle-batch.ts'
import type { Checkpoints } from '../ports/checkpoints.ts'
import type { EventLog } from '../ports/event-log.ts'
import type { Unavailable, Unstorable } from '../ports/unavailable.ts'
import type { Policy } from './policy.ts'

export interface PolicyPorts { readonly log: EventLog; readonly checkpoints: Checkpoints; readonly handle: HandleBatch }

/** `more`: there may be facts already. */
export interface Followed { readonly facts: number; readonly more: boolean }

const handled = (handle: HandleBatch, batch: ReadonlyArray<Instruction>): TE.TaskEither<Unavailable | Unstorable, unknown> =>
  (batch.length === 0 ? TE.right(undefined) : handle(batch))

/** One step: the next page of the log, its instructions as one batch, then the checkpoint. A crash between the two repeats the step, which changes nothing. */
export const followPolicy = ({ name, kind, react }: Policy, { log, checkpoints, handle }: PolicyPorts, limit: number): TE.TaskEither<Unavailable | Unstorable, Followed> => pipe(
  checkpoints.of(name),
  TE.chainW((from) => pipe(
    log.read(from, [kind], limit),
    TE.chainW(({ facts, through }): TE.TaskEither<Unavailable | Unstorable, Followed> => (through === undefined
      ? TE.right({ facts: 0, more: false })
      : pipe(
        handled(handle, facts.flatMap(react)),
        TE.chainW(() => checkpoints.move(name, from, through.position)),
        TE.map(() => ({ facts: facts.length, more: true })),
      ))),
  )),
)

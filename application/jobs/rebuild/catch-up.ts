import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { EventLog } from '../../ports/event-log.ts'
import type { Group } from '../../ports/generations.ts'
import type { ReadModelStore } from '../../ports/read-model-store.ts'
import type { Unavailable } from '../../ports/unavailable.ts'
import { projectBatch } from '../../projections/project-batch.ts'
import { projections } from '../../projections/projections.ts'
import type { ProjectionName } from '../../projections/read-models.ts'
import { boundedLog } from './bounded-log.ts'

export interface CatchUpPorts {
  readonly log: EventLog
  /** The read models that are served, and those beside them. */
  readonly served: ReadModelStore
  readonly beside: ReadModelStore
  /** Facts looked at in one transaction. */
  readonly page: number
  /** How far `name` is and how far it has to go, counted in facts of the log, about. */
  readonly onProgress: (name: ProjectionName, done: number, total: number) => void
}

/** One page; answers whether there may be more. */
const step = <N extends ProjectionName>(name: N, ports: CatchUpPorts): TE.TaskEither<Unavailable, boolean> => pipe(
  ports.served.progress(name),
  TE.chain((end) => pipe(
    projectBatch(projections[name], boundedLog(ports.log, end), ports.beside, ports.page),
    TE.chainFirst(() => pipe(ports.beside.progress(name), TE.map(({ position }) => {
      ports.onProgress(name, Math.min(position.seq, end.position.seq), end.position.seq)
    }))),
    TE.map(({ more }) => more),
  )),
)

/** Steps until there is nothing more. Never further than the served one is: so both can be compared, and nobody is shown the past. */
const catchUpOne = (name: ProjectionName, ports: CatchUpPorts): TE.TaskEither<Unavailable, undefined> => async () => {
  for (;;) {
    const stepped = await step(name, ports)()
    if (E.isLeft(stepped)) return stepped
    if (!stepped.right) return E.right(undefined)
  }
}

/** Brings all of a group to where the served ones are, one after the other. */
export const catchUp = (group: Group, ports: CatchUpPorts): TE.TaskEither<Unavailable, unknown> =>
  TE.sequenceSeqArray(group.map((name) => catchUpOne(name, ports)))

import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Beside, Compared, Exchanged, Generations, Group } from '../../ports/generations.ts'
import type { Unavailable } from '../../ports/unavailable.ts'
import { catchUp, type CatchUpPorts } from './catch-up.ts'

export interface RebuildPorts extends CatchUpPorts { readonly generations: Generations }

export interface RebuildWish {
  /** Switch although the comparison has found differences: the new one is meant to differ. */
  readonly acceptDifferences: boolean
  /** Build and compare, and leave it at that. */
  readonly dryRun: boolean
  /** Share of each company's rows whose contents are compared. */
  readonly percent: number
}

/** `refused`: nothing was done, for `why`. `differs`, `built`: stands beside, not served. `busy`: readers left no room for the switch. */
export type Outcome =
  | { readonly state: 'refused'; readonly why: 'other_generation_there' | 'nothing_there' | 'does_not_fit' | 'never_served' }
  | { readonly state: 'differs' | 'built' | 'busy'; readonly compared: Compared }
  | { readonly state: 'switched'; readonly compared: Compared; readonly exchanged: Exchanged }
  | { readonly state: 'dropped' }

type Task = TE.TaskEither<Unavailable, Outcome>

const refused = (why: Extract<Outcome, { state: 'refused' }>['why']): Task => TE.right({ state: 'refused', why })

const switchOver = (group: Group, becomes: 'replaced' | 'rejected', compared: Compared, ports: RebuildPorts): Task => pipe(
  ports.generations.exchange(group, becomes, catchUp(group, ports)),
  TE.map((exchanged): Outcome => (exchanged === undefined ? { state: 'busy', compared } : { state: 'switched', compared, exchanged })),
)

const compared = (group: Group, ports: RebuildPorts, percent: number): TE.TaskEither<Unavailable, Compared> => pipe(
  catchUp(group, ports),
  TE.chain(() => ports.generations.compare(group, catchUp(group, ports), percent)),
)

const prepared = (group: Group, there: Beside | undefined, { generations }: RebuildPorts): TE.TaskEither<Unavailable, unknown> =>
  (there === undefined ? generations.prepare(group) : TE.right(undefined))

/** Goes on with what an earlier run has left half built; what was served once is in the way until somebody drops it. */
export const rebuild = (group: Group, wish: RebuildWish, ports: RebuildPorts): Task => pipe(
  ports.generations.beside(group),
  TE.chain((there) => {
    if (there?.fits === false) return refused('does_not_fit')
    if (there !== undefined && there.standing !== 'building') return refused('other_generation_there')
    return pipe(
      prepared(group, there, ports),
      TE.chain(() => compared(group, ports, wish.percent)),
      TE.chain((found): Task => {
        if (wish.dryRun) return TE.right({ state: 'built', compared: found })
        if (found.differences.length > 0 && !wish.acceptDifferences) return TE.right({ state: 'differs', compared: found })
        return switchOver(group, 'replaced', found, ports)
      }),
    )
  }),
)

/** What was served before is brought to the present and served again. Differences are told, not asked about. */
export const takeBack = (group: Group, percent: number, ports: RebuildPorts): Task => pipe(
  ports.generations.beside(group),
  TE.chain((there) => {
    if (there === undefined) return refused('nothing_there')
    if (!there.fits) return refused('does_not_fit')
    if (there.standing === 'building') return refused('never_served')
    return pipe(
      compared(group, ports, percent),
      TE.chain((found) => switchOver(group, there.standing === 'replaced' ? 'rejected' : 'replaced', found, ports)),
    )
  }),
)

/** Removes what stands beside, whatever it is. */
export const dropBeside = (group: Group, { generations }: Pick<RebuildPorts, 'generations'>): Task => pipe(
  generations.beside(group),
  TE.chain((there) => (there === undefined ? refused('nothing_there')
    : pipe(generations.drop(group), TE.map((): Outcome => ({ state: 'dropped' }))))),
)

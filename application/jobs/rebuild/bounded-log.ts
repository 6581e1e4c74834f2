import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { comparePositions, type EventLog, type LogPage } from '../../ports/event-log.ts'
import type { Progress } from '../../ports/read-model-store.ts'

/** A page that goes beyond is cut at `end`, which is the position of a fact that another reader has seen. */
const cut = (page: LogPage, { position: end, factAt = 0 }: Progress): LogPage => {
  if (page.through === undefined || comparePositions(page.through.position, end) <= 0) return page
  const facts = page.facts.filter(({ position }) => comparePositions(position, end) <= 0)
  return { facts, through: { position: end, recordedAt: factAt } }
}

/** The log as far as `end`, which is where another reader of it stands. */
export const boundedLog = (log: EventLog, end: Progress): EventLog => ({
  ...log,
  read: (after, ...asked) => (comparePositions(after, end.position) >= 0
    ? TE.right({ facts: [] })
    : pipe(log.read(after, ...asked), TE.map((page) => cut(page, end)))),
})

import * as E from 'fp-ts/lib/Either.js'
import type { AggregateKind } from '../../application/aggregates.ts'
import { comparePositions, type EventLog, type FactType, type LogPage, type Position } from '../../application/ports/event-log.ts'

type Reading = ReturnType<ReturnType<EventLog['read']>>
interface Asked {
  readonly after: Position
  readonly kinds: ReadonlyArray<AggregateKind>
  readonly limit: number
  readonly types: ReadonlyArray<FactType> | undefined
}

/** Of a page that was asked for, at least half: whoever reads it has fallen behind, and will want the next one. */
const isWellFilled = ({ facts }: LogPage, limit: number): boolean => 2 * facts.length >= limit

/** One that asks for fewer facts than were read ahead has no room for them. */
const isAnswerTo = (found: Asked, { after, kinds, limit, types }: Asked): boolean => comparePositions(found.after, after) === 0
  && found.limit <= limit && found.kinds.join() === kinds.join() && found.types?.join() === types?.join()

/**
 * The log, for one follower: while it works on a well filled page, the next one is read (measured, ADR 0019). What was read ahead is
 * still right when it is asked for, since nothing appears before a position already read. Only an empty page is not: facts may have come.
 */
export const readingAhead = (log: EventLog): EventLog => {
  let ahead: (Asked & { readonly reading: Reading }) | undefined
  const readAhead = (asked: Asked): void => {
    const reading = log.read(asked.after, asked.kinds, asked.limit, asked.types)()
    reading.catch(() => undefined)
    ahead = { ...asked, reading }
  }
  /** What was read ahead, if it answers this; nothing where it was empty or failed. */
  const foundFor = async (asked: Asked): Promise<E.Right<LogPage> | undefined> => {
    const found = ahead
    ahead = undefined
    const page = found !== undefined && isAnswerTo(found, asked) ? await found.reading : undefined
    return page !== undefined && E.isRight(page) && page.right.through !== undefined ? page : undefined
  }
  return {
    ...log,
    read: (after, kinds, limit, types) => async () => {
      const page = await foundFor({ after, kinds, limit, types }) ?? await log.read(after, kinds, limit, types)()
      if (E.isRight(page) && page.right.through !== undefined && isWellFilled(page.right, limit))
        readAhead({ after: page.right.through.position, kinds, limit, types })
      return page
    },
  }
}

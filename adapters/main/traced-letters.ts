import * as E from 'fp-ts/lib/Either.js'
import type { Instruction } from '../../application/aggregates.ts'
import type { EventReader, KeptEvent, ReadAsDelivered } from '../../application/ports/event-reader.ts'
import type { DeadLetter } from '../../application/ports/failed-events.ts'
import type { ReplayQueue } from '../../application/ports/replay-queue.ts'
import type { RetryQueue } from '../../application/ports/retry-queue.ts'
import type { OpenSpan, TraceParent, Tracing } from '../../application/ports/tracing.ts'
import { headerOf } from '../inbound/nats/check-headers.ts'
import { messageAttributes, spanNameOf } from '../inbound/nats/message-attributes.ts'

type Units = ReadAsDelivered['units']
type Claimed = Pick<DeadLetter, 'companyId' | 'id'>

const keyOf = ({ companyId, id }: Claimed): string => `${companyId} ${id}`

/** The facts that they lead to belong to the trace, so projections go on with it. */
const inTrace = (units: Units, trace: TraceParent | undefined): Units => (trace === undefined ? units
  : units.map((unit) => unit.map((instruction) => ({ ...instruction, cause: { ...instruction.cause, trace } }) as Instruction)))

/** It comes hours after the trace of the event, so it has a trace of its own, linked to the one that the event's headers name. */
const letterSpan = ({ open }: Tracing, name: 'retry' | 'replay', letter: DeadLetter): OpenSpan | undefined => {
  const operation = { type: 'process', name } as const
  const origin = headerOf(letter.headers, 'traceparent')
  return open(spanNameOf(operation, letter.subject), { kind: 'consumer', links: origin === '' ? [] : [origin],
    attributes: messageAttributes({ ...letter, bytes: letter.body.length }, operation) })
}

/** The letters that one follower has claimed, with their spans. */
const lettersInHand = (tracing: Tracing, name: 'retry' | 'replay') => {
  const inHand = new Map<string, OpenSpan>()
  const traceOf = new WeakMap<KeptEvent, TraceParent>()
  return {
    claimed: (letters: ReadonlyArray<DeadLetter>): void => {
      inHand.clear()
      for (const letter of letters) {
        const span = letterSpan(tracing, name, letter)
        if (span === undefined) continue
        inHand.set(keyOf(letter), span)
        traceOf.set(letter, span.traceParent)
      }
    },
    ended: (letter: Claimed, outcome: string): void => {
      const span = inHand.get(keyOf(letter))
      span?.set({ 'daisi.outcome': outcome })
      span?.end(outcome === 'failed' || outcome === 'released' ? outcome : undefined)
      inHand.delete(keyOf(letter))
    },
    reading: (reader: EventReader): EventReader => ({
      ...reader,
      read: (event) => E.map((units: Units) => inTrace(units, traceOf.get(event)))(reader.read(event)),
      readAsDelivered: (event) => E.map((read: ReadAsDelivered) =>
        ({ ...read, units: inTrace(read.units, traceOf.get(event)) }))(reader.readAsDelivered(event)),
    }),
  }
}

/** A span for each retry of a dead letter, until it is written down how it ended. */
export const tracedRetries = (
  tracing: Tracing, [queue, reader]: readonly [RetryQueue, EventReader],
): readonly [RetryQueue, EventReader] => {
  if (!tracing.isOn) return [queue, reader]
  const hand = lettersInHand(tracing, 'retry')
  return [{
    claimDue: (limit, claimSeconds) => async () => {
      const letters = await queue.claimDue(limit, claimSeconds)()
      if (E.isRight(letters)) hand.claimed(letters.right)
      return letters
    },
    conclude: (outcomes) => async () => {
      const written = await queue.conclude(outcomes)()
      if (E.isRight(written)) for (const letter of outcomes) hand.ended(letter, letter.outcome)
      return written
    },
    release: (letters) => async () => {
      for (const letter of letters) hand.ended(letter, 'released')
      return queue.release(letters)()
    },
  }, hand.reading(reader)]
}

/** A span for each replay that an operator asked for, until it is written down how it ended; none for a dry run, which does nothing. */
export const tracedReplays = (
  tracing: Tracing, [queue, reader]: readonly [ReplayQueue, EventReader],
): readonly [ReplayQueue, EventReader] => {
  if (!tracing.isOn) return [queue, reader]
  const hand = lettersInHand(tracing, 'replay')
  return [{
    claim: (limit, claimSeconds) => async () => {
      const items = await queue.claim(limit, claimSeconds)()
      if (E.isRight(items)) hand.claimed(items.right.filter(({ dryRun }) => !dryRun).map(({ letter }) => letter))
      return items
    },
    conclude: (outcomes) => async () => {
      const written = await queue.conclude(outcomes)()
      if (E.isRight(written)) for (const item of outcomes) hand.ended(item, item.outcome)
      return written
    },
    release: (items) => async () => {
      for (const { letter } of items) hand.ended(letter, 'released')
      return queue.release(items)()
    },
  }, hand.reading(reader)]
}

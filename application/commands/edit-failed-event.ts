import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { EventReader, KeptEvent } from '../ports/event-reader.ts'
import type { DeskTx, OperatorDesk } from '../ports/operator-desk.ts'
import { act, refusal, type Acted, type Actor } from './act.ts'
import { refuseHeld, takeSelection } from './take-selection.ts'

export interface Edit extends Actor { readonly id: number; readonly body: Uint8Array }

const unknown = (id: number) => refusal('not_found', 'The company has no such failed event.', { missing: [id] })

const refuseInvalid = ({ read, describe }: EventReader, event: KeptEvent): Acted<void> => {
  const reading = read(event)
  if (E.isRight(reading)) return TE.right(undefined)
  const { reason, pointer, message } = describe(reading.left)
  const place = pointer === '' ? '' : ` at ${pointer}`
  return TE.left(refusal('invalid_body', `The body would be refused: ${reason}${place}. ${message}`, { reason, pointer }))
}

const refuseBusy = (tx: DeskTx, id: number): Acted<void> => pipe(
  takeSelection(tx, { ids: [id] }),
  TE.chainFirstW(([event]) => {
    if (event?.status === 'resolved') return TE.left(refusal('already_settled', `Event ${id} has been applied already.`))
    if (event?.isClaimed === true) return TE.left(refusal('retried_just_now', `Event ${id} is being retried at this moment: try again.`))
    return TE.right(undefined)
  }),
  TE.chainW((taken) => refuseHeld(tx, taken)),
)

/**
 * What retries and replays apply instead of the body that was published, which is kept. It must be valid; clock and identity stay those
 * of the stored message (design 8).
 */
export const editFailedEvent = (desk: OperatorDesk, reader: EventReader) => ({ id, body, companyId, actor }: Edit): Acted<void> =>
  act(desk, { companyId, actor, action: 'edit', target: `failed_event:${id}`, details: { bytes: body.length } }, (tx) => pipe(
    refuseBusy(tx, id),
    TE.chainW(() => tx.read(id)),
    TE.chainW((event) => (event === undefined ? TE.left(unknown(id)) : refuseInvalid(reader, { ...event, body }))),
    TE.chainW(() => tx.edit(id, body, actor)),
  ))

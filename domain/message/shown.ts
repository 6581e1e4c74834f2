import type { Clock } from '../clock.ts'
import { valuesOf, type Shown } from '../register.ts'
import type { EpochSeconds } from '../time.ts'
import type { Heard, MessageFields } from './message.ts'
import { showsFailed, shownStatus } from './status.ts'

/** `timestamp` is as sent; `flow`, `chatId` and the rest are absent only where no upsert gave them. */
export interface ShownMessage extends Shown<MessageFields> {
  /** The message's own time, else when it was first seen; orders messages and dates the row (contract 4.3). */
  readonly sentAt: EpochSeconds
  readonly status?: string
  readonly failed: boolean
  readonly editedAt?: EpochSeconds
  readonly isDeleted: boolean
}

/** The message's own time, else when it was first seen. */
export const sentAtOf = ({ fields }: Heard, firstSeen: Clock): EpochSeconds => fields.timestamp?.value ?? firstSeen.at

/** A recorded message as tables and read models show it; what nobody has said is absent. */
export const shownMessage = (heard: Heard, firstSeen: Clock): ShownMessage => {
  const { fields, status, failed, deleted } = heard
  const word = shownStatus(failed, status)
  const editedAt = fields.editedContent?.clock.at
  return {
    ...valuesOf(fields), sentAt: sentAtOf(heard, firstSeen),
    failed: showsFailed(failed, status), isDeleted: deleted,
    ...(word === undefined ? {} : { status: word }),
    ...(editedAt === undefined ? {} : { editedAt }),
  }
}

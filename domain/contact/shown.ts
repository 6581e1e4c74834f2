import { valuesOf, type Shown } from '../register.ts'
import type { EpochSeconds } from '../time.ts'
import type { ContactFields, ContactHeard } from './contact.ts'
import { shownOrigin, shownTags } from './welcome.ts'

export interface ShownContact extends Shown<Omit<ContactFields, 'status'>> {
  /** `ACTIVE` unless said otherwise (contract 4.6, 7.3). */
  readonly status: NonNullable<ContactFields['status']>
  readonly firstMessageId?: string
  readonly firstMessageTimestamp?: EpochSeconds
}

/** A contact as tables and read models show it; what nobody has said, or null has cleared, is absent. */
export const shownContact = (heard: ContactHeard): ShownContact => {
  const { tags: _, ...fields } = valuesOf(heard.fields)
  const [tags, origin] = [shownTags(heard), shownOrigin(heard)]
  const { first } = heard
  return {
    ...fields, status: fields.status ?? 'ACTIVE',
    ...(tags === undefined ? {} : { tags }),
    ...(origin === undefined ? {} : { origin }),
    ...(first === undefined ? {} : { firstMessageId: first.messageId, firstMessageTimestamp: first.timestamp }),
  }
}

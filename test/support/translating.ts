import { uuidContactId } from '../../adapters/outbound/contact-id.ts'

/** What translating needs that no event says, as the service has it by default. */
export const translating = { contactIdOf: uuidContactId, syncDelaySeconds: 900 } as const

/** As above, with how histories are read. */
export const decoding = { ...translating, historyMode: 'accept_valid' } as const

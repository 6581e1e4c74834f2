import { v5 as uuidV5 } from 'uuid'
import type { ContactIdOf } from '../../application/ports/contact-ids.ts'
import type { ContactId } from '../../domain/contact/contact.ts'

/** Namespace of our contacts, a random UUID drawn once; changing it would change every contact's id. */
const NAMESPACE = '6f1d4c1e-3f0a-4d0e-9a53-7f6a0b0f2c11'

/** RFC 9562, version 5. The parts are JSON, so that no two different ones read alike. */
export const uuidContactId: ContactIdOf = (companyId, agentId, phoneNumber) =>
  uuidV5(JSON.stringify([companyId, agentId, phoneNumber]), NAMESPACE) as ContactId

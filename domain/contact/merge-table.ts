import type { MergeTable } from '../register.ts'
import type { ContactFields } from './contact.ts'

/** Contract 4.5, 4.6, 4.10 and 5.3 with design 5: what made the person a contact is preserved, the rest may change. */
export const CONTACT_MERGE: MergeTable<ContactFields> = {
  agentId: 'earliest', phoneNumber: 'earliest', chatId: 'earliest', origin: 'earliest',
  type: 'latest', pushName: 'latest', customName: 'latest', notes: 'latest', tags: 'latest', avatar: 'latest',
  assignedTo: 'latest', pob: 'latest', dob: 'latest', gender: 'latest', status: 'latest',
}

import type { Branded } from '../brand.ts'
import type { Observation } from '../clock.ts'
import type { Registers } from '../register.ts'
import type { ContactFields, ContactId } from './contact.ts'

/** An id that a publisher sent for a contact; what is said of it is said of every contact it names (design 5). */
export type AliasId = Branded<string, 'AliasId'>

/** Updates by alias and the contacts it names may come in any order; a policy hands the one to the other. */
export interface Alias {
  readonly contacts: ReadonlyArray<ContactId>
  readonly fields: Registers<ContactFields>
}

export type AliasCommand =
  | { readonly type: 'NameContact'; readonly aliasId: AliasId; readonly contactId: ContactId }
  | { readonly type: 'UpdateByAlias'; readonly aliasId: AliasId; readonly seen: Observation; readonly fields: Partial<ContactFields> }

/** Each fact carries what the policy needs to tell the contacts; they merge by clock, so telling twice is harmless. */
export type AliasEvent =
  | { readonly type: 'AliasNamedContact'; readonly aliasId: AliasId; readonly contactId: ContactId
      readonly fields: Registers<ContactFields> }
  | { readonly type: 'AliasUpdated'; readonly aliasId: AliasId; readonly contacts: ReadonlyArray<ContactId>
      readonly fields: Registers<ContactFields> }

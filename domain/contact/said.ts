import { clockOf, type Clock } from '../clock.ts'
import type { FirstMessage } from '../onboarding/onboarding.ts'
import { written, type Registers } from '../register.ts'
import type { Approach, ContactCommand, ContactFields, Welcome } from './contact.ts'
import { DIRECT_CHAT } from './welcome.ts'

/** All that a command says of a contact, whichever command it is. */
export interface Said {
  readonly fields: Registers<ContactFields>
  readonly first?: FirstMessage | undefined
  readonly welcome?: Welcome | undefined
  readonly direct?: Clock | undefined
  readonly approach?: Approach | undefined
}

/** An empty string counts as absent (contract 2.1). */
const given = (text: string | undefined): string | undefined => (text === '' ? undefined : text)

/** A campaign message brings tags, an assignee and an origin, each if given; any other message says that they just wrote. */
const saidByMessage = (command: ContactCommand & { readonly type: 'OnboardContact' }): Said => {
  const { agentId, phoneNumber, message: first, clock, campaign } = command
  if (campaign === undefined)
    return { fields: written<ContactFields>({ agentId, phoneNumber, origin: DIRECT_CHAT }, clock), first, direct: clock }
  const [tags, assignedTo, origin] = [given(campaign.tags), given(campaign.assignedTo), given(campaign.origin)]
  const fields = { agentId, phoneNumber, ...(assignedTo && { assignedTo }), ...(origin && { origin }) }
  return {
    fields: written<ContactFields>(fields, clock), first, welcome: tags === undefined ? undefined : { tags, clock },
    approach: origin === undefined ? { message: first, by: 'campaign', clock } : undefined,
  }
}

export const saidBy = (command: ContactCommand): Said => {
  switch (command.type) {
    case 'RecordContact': return { fields: written<ContactFields>(command.fields, clockOf(command.seen)), first: command.first }
    case 'UpdateContact': return { fields: written<ContactFields>(command.fields, clockOf(command.seen)) }
    case 'MergeContact': return { fields: command.fields }
    case 'OnboardContact': return saidByMessage(command)
    case 'OnboardFromHistory':
      return { fields: {}, first: command.message, approach: { message: command.message, by: 'history', clock: command.clock } }
  }
}

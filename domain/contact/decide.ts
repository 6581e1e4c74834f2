import { isAfter, type Clock } from '../clock.ts'
import type { Decider } from '../decider.ts'
import { precedes } from '../onboarding/first-message.ts'
import type { FirstMessage } from '../onboarding/onboarding.ts'
import { winning } from '../register.ts'
import { approaches, withoutNeedless } from './approach.ts'
import type { Contact, ContactCommand, ContactEvent, ContactHeard, ContactId } from './contact.ts'
import { CONTACT_MERGE } from './merge-table.ts'
import { saidBy, type Said } from './said.ts'
import { welcomes, withoutReplaced, withWelcome } from './welcome.ts'

const NOTHING: ContactHeard = { fields: {}, welcomes: [] }

const heardOf = (state: Contact): ContactHeard => (state.kind === 'unseen' ? NOTHING : state.heard)

const isEarlier = (clock: Clock, known: Clock | undefined): boolean => known === undefined || isAfter(known, clock)

const isFirst = (message: FirstMessage, known: FirstMessage | undefined): boolean => known === undefined || precedes(message, known)

/** How they came, as a message or the post-scan sync tells it. */
const newsOfComing = (contactId: ContactId, { welcome, direct, approach }: Said, heard: ContactHeard): ReadonlyArray<ContactEvent> => {
  const facts: ContactEvent[] = []
  if (welcome !== undefined && welcomes(heard, welcome)) facts.push({ type: 'ContactWelcomed', contactId, welcome })
  if (direct !== undefined && isEarlier(direct, heard.direct)) facts.push({ type: 'ContactWroteDirectly', contactId, clock: direct })
  if (approach !== undefined && approaches(heard, approach)) facts.push({ type: 'ContactApproached', contactId, approach })
  return facts
}

/** The facts by which a command adds to what was heard; none when all of it is already so. */
const news = (contactId: ContactId, said: Said, heard: ContactHeard): ReadonlyArray<ContactEvent> => {
  const { fields, first } = said
  const facts: ContactEvent[] = []
  const won = winning(CONTACT_MERGE, heard.fields, fields)
  if (won !== undefined) facts.push({ type: 'ContactRevised', contactId, fields: won })
  if (first !== undefined && isFirst(first, heard.first)) facts.push({ type: 'ContactFirstMessageFound', contactId, first })
  return [...facts, ...newsOfComing(contactId, said, heard)]
}

const evolveHeard = (heard: ContactHeard, event: ContactEvent): ContactHeard => {
  switch (event.type) {
    case 'ContactRecorded': return event.heard
    case 'ContactRevised': return withoutNeedless(withoutReplaced({ ...heard, fields: { ...heard.fields, ...event.fields } }))
    case 'ContactFirstMessageFound': return { ...heard, first: event.first }
    case 'ContactWelcomed': return withWelcome(heard, event.welcome)
    case 'ContactWroteDirectly': return { ...heard, direct: event.clock }
    case 'ContactApproached': return { ...heard, approach: event.approach }
  }
}

const records = (command: ContactCommand): boolean => {
  switch (command.type) {
    case 'RecordContact': case 'OnboardContact': return true
    case 'UpdateContact': case 'MergeContact': case 'OnboardFromHistory': return false
  }
}

/**
 * | field | merge | source |
 * |---|---|---|
 * | agent, phone, chat, origin | lowest clock; absent is filled | contract 4.10, 5.3; design 5 |
 * | all others | highest clock; absent never erases, null clears | contract 4.5, 4.6 |
 * | tags | highest clock, joined by those of campaign messages with a higher one | contract 5.3, design 5 |
 * | first message | minimum of (timestamp, message id) | design 5 |
 * | direct | lowest clock of the messages without a campaign | contract 5.3, step 3c |
 * | approach | minimum of (timestamp, message id), a campaign before the sync; only while there is no origin | contract 5.3, 5.4 |
 *
 * Contact events carry no time of their own: their clock is the broker's; a customer's message has its own clock. An update
 * before its contact is heard and waits; an upsert or the customer's first message records the contact with it (design 5).
 */
export const contact: Decider<ContactCommand, Contact, ContactEvent> = {
  initial: { kind: 'unseen' },
  decide: (command, state) => {
    const heard = heardOf(state)
    const facts = news(command.contactId, saidBy(command), heard)
    if (state.kind === 'known' || !records(command)) return facts
    return [{ type: 'ContactRecorded', contactId: command.contactId, heard: facts.reduce(evolveHeard, heard) }]
  },
  evolve: (state, event) =>
    ({ kind: event.type === 'ContactRecorded' || state.kind === 'known' ? 'known' : 'early', heard: evolveHeard(heardOf(state), event) }),
}

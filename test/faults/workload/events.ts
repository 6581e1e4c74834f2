import type { Chance } from '../../../adapters/main/sample/chance.ts'
import type { Refusal } from '../oracle/ledger.ts'
import {
  agentBody, chatBody, chatUpdate, contactBody, contactUpdate, messageAgain, messageUpdate, newMessage, type Body,
} from './bodies.ts'
import type { People } from './people.ts'
import { BAD_ITEMS, poison } from './poison.ts'

/** What is to be published for one company. */
export interface Planned { readonly subject: string; readonly body: Uint8Array; readonly refusals: ReadonlyArray<Refusal> }

type Make = (chance: Chance, people: People, n: number) => Body

/** Subject, share in a hundred, body. Histories and poison come on top. */
const MIX: ReadonlyArray<readonly [subject: string, share: number, make: Make]> = [
  ['v1.messages.upsert', 34, newMessage], ['v1.messages.upsert', 5, messageAgain], ['v1.messages.update', 27, messageUpdate],
  ['v1.chats.update', 14, chatUpdate], ['v1.chats.upsert', 6, chatBody], ['v1.contacts.upsert', 5, contactBody],
  ['v1.contacts.update', 5, contactUpdate], ['v1.connection.update', 4, agentBody],
]

const encoded = (text: string): Uint8Array => new TextEncoder().encode(text)

const HISTORIES: ReadonlyArray<readonly [list: 'chats' | 'messages' | 'contacts', make: Make]> =
  [['messages', (chance, people, n) => (chance.in(50) ? newMessage : messageAgain)(chance, people, n)], ['chats', chatBody],
    ['contacts', contactBody]]

const [FEWEST_ITEMS, MORE_ITEMS] = [3, 12] as const

const history = (chance: Chance, people: People, n: number): Planned => {
  const [list, make] = HISTORIES[chance.below(HISTORIES.length)] ?? ['chats', chatBody]
  const items = Array.from({ length: FEWEST_ITEMS + chance.below(MORE_ITEMS) }, () => JSON.stringify(make(chance, people, n)))
  const bad = BAD_ITEMS[list]
  const refusals: Refusal[] = []
  if (chance.in(10) && bad !== undefined) {
    const [item, text] = [chance.below(items.length), JSON.stringify(bad.item)]
    items[item] = text
    refusals.push({ item, reason: bad.reason, body: Buffer.from(text).toString('base64') })
  }
  const last = list === 'messages' && chance.in(20) ? `,"is_last_batch":true,"agent_id":"${chance.oneOf(people.agents)}"` : ''
  return { subject: `v1.history.${list}.${people.company}`, body: encoded(`{"${list}":[${items.join(',')}]${last}}`), refusals }
}

const live = (chance: Chance, people: People, n: number): Planned => {
  let at = chance.below(MIX.reduce((sum, [, share]) => sum + share, 0))
  const [subject, , make] = MIX.find(([, share]) => (at -= share) < 0) ?? ['v1.messages.upsert', 0, newMessage]
  return { subject: `${subject}.${people.company}`, body: encoded(JSON.stringify(make(chance, people, n))), refusals: [] }
}

/** The n-th event of a run. */
export const nextEvent = (chance: Chance, people: People, n: number): Planned => {
  if (chance.in(1)) {
    const { subject, body, refusals } = poison(chance, people.company, n)
    return { subject: `${subject}.${people.company}`, body, refusals }
  }
  return chance.in(3) ? history(chance, people, n) : live(chance, people, n)
}

import type { Chance } from '../../../adapters/main/sample/chance.ts'
import { BAD_EVENTS } from '../../support/bad-inputs/events.ts'
import { WHOLE_EVENT, type Refusal } from '../oracle/ledger.ts'

/** Poison is for correctness; the largest of the table would fill the run with bytes. */
const MOST_BYTES = 50_000

const FATAL = BAD_EVENTS.flatMap(({ subject, body, expected }) => (expected.outcome === 'dead_letter' && body('x', 'C').length < MOST_BYTES
  ? [{ subject, body, reason: expected.reason }] : []))

export interface Poison { readonly subject: string; readonly body: Uint8Array; readonly refusals: ReadonlyArray<Refusal> }

/** A body that must become a dead letter, and the reason. */
export const poison = (chance: Chance, company: string, n: number): Poison => {
  const [first, ...rest] = FATAL
  if (first === undefined) throw new Error('the table of bad inputs has no dead letter')
  const { subject, body: make, reason } = chance.oneOf([first, ...rest])
  const body = make(`poison-${n}`, company)
  return { subject, body, refusals: [{ item: WHOLE_EVENT, reason, body: Buffer.from(body).toString('base64') }] }
}

/** Items that fail alone, each for one reason. */
export const BAD_ITEMS: Readonly<Record<string, { readonly item: object; readonly reason: string }>> = {
  chats: { item: { chat_id: 'bad', jid: 'x', phone_number: 5 }, reason: 'wrong_type' },
  messages: { item: { message_id: 'bad', chat_id: 'c', jid: 'x', flow: 'SIDEWAYS' }, reason: 'invalid_enum' },
  contacts: { item: { agent_id: 'agent-0', push_name: 'nobody' }, reason: 'missing_field' },
}

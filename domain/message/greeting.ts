import { compareClocks, isAfter, REALTIME, type Clock } from '../clock.ts'
import type { Campaign, Greeting, MessageCommand, Told } from './message.ts'

const sameCampaign = (a: Campaign | undefined, b: Campaign | undefined): boolean =>
  (a === undefined || b === undefined ? a === b : a.tags === b.tags && a.assignedTo === b.assignedTo && a.origin === b.origin)

const same = (a: Greeting, b: Greeting): boolean =>
  a.agentId === b.agentId && a.fromPhone === b.fromPhone && a.timestamp === b.timestamp && sameCampaign(a.campaign, b.campaign)

/** What a live incoming upsert tells onboarding; history, outgoing and senderless ones tell nothing (contract 5.1). */
export const tells = (command: MessageCommand & { readonly type: 'RecordMessage' }, clock: Clock): Greeting | undefined => {
  const { seen, fields: { flow, agentId, fromPhone, timestamp }, campaign } = command
  if (seen.rank !== REALTIME || flow !== 'IN' || agentId === undefined || fromPhone === undefined) return undefined
  return { agentId, fromPhone, timestamp: timestamp ?? clock.at, ...(campaign === undefined ? {} : { campaign }) }
}

/**
 * Whether this greeting adds nothing. It is compared upsert by upsert, not with the merged message: otherwise which
 * customers are onboarded would depend on the order of processing.
 */
export const toldOf = (told: ReadonlyArray<Told>, greeting: Greeting, clock: Clock): boolean =>
  told.some((known) => same(known.greeting, greeting) && !isAfter(clock, known.last) && !isAfter(known.first, clock))

const widened = ({ greeting, first, last }: Told, clock: Clock): Told =>
  ({ greeting, first: isAfter(first, clock) ? clock : first, last: isAfter(clock, last) ? clock : last })

/** Widens the known greeting to `clock`, or adds a new one; kept in the order of their first telling. */
export const withTold = (told: ReadonlyArray<Told>, greeting: Greeting, clock: Clock): ReadonlyArray<Told> => {
  const others = told.filter((known) => !same(known.greeting, greeting))
  const known = told.find((candidate) => same(candidate.greeting, greeting))
  return [...others, known === undefined ? { greeting, first: clock, last: clock } : widened(known, clock)]
    .sort((a, b) => compareClocks(a.first, b.first))
}

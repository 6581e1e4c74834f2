import { isAfter } from '../clock.ts'
import { precedes } from '../onboarding/first-message.ts'
import type { Approach, ContactHeard } from './contact.ts'

/** By message, then campaign before history, then by clock: a total order, so that the earliest is the same in any order of processing. */
const isEarlier = (a: Approach, b: Approach): boolean => {
  if (precedes(a.message, b.message)) return true
  if (precedes(b.message, a.message)) return false
  return a.by === b.by ? isAfter(b.clock, a.clock) : a.by === 'campaign'
}

/**
 * Whether an approach changes anything. What the sync finds is the weakest word on an origin: it counts only where nobody
 * else says one, whenever they say it (contract 5.4: contacts with empty origin), and not where the same or an earlier
 * message came by a campaign (there already logged).
 */
export const approaches = ({ fields, approach: known }: ContactHeard, approach: Approach): boolean =>
  fields.origin === undefined && (known === undefined || isEarlier(approach, known))

/** Whoever has an origin needs no approach any more. */
export const withoutNeedless = (heard: ContactHeard): ContactHeard => {
  if (heard.fields.origin === undefined || heard.approach === undefined) return heard
  const { approach: _, ...rest } = heard
  return rest
}

import { compareClocks, isAfter, type Clock } from '../clock.ts'
import type { ContactHeard, Welcome } from './contact.ts'

/** The tag and the origin of a customer who wrote without a campaign (contract 5.3, steps 3a and 3c). */
const ONBOARDED = 'Onboarded'
export const DIRECT_CHAT = 'DirectChat'

/** Whether no tags were written since; tags that an operator wrote later replace what messages brought before. */
const outlives = (clock: Clock, { fields: { tags } }: ContactHeard): boolean => tags === undefined || isAfter(clock, tags.clock)

/** Whether a welcome changes anything: it outlives the tags written, and the same tags were not brought by a newer message. */
export const welcomes = (heard: ContactHeard, { tags, clock }: Welcome): boolean =>
  outlives(clock, heard) && !heard.welcomes.some((known) => known.tags === tags && !isAfter(clock, known.clock))

export const withWelcome = (heard: ContactHeard, welcome: Welcome): ContactHeard => ({
  ...heard,
  welcomes: [...heard.welcomes.filter(({ tags }) => tags !== welcome.tags), welcome].sort((a, b) => compareClocks(a.clock, b.clock)),
})

/** Drops the welcomes that the tags written meanwhile replace. */
export const withoutReplaced = (heard: ContactHeard): ContactHeard =>
  ({ ...heard, welcomes: heard.welcomes.filter(({ clock }) => outlives(clock, heard)) })

const isFromHistory = ({ fields: { origin }, approach }: ContactHeard): boolean => origin === undefined && approach?.by === 'history'

/** What somebody said, else that they wrote directly where the post-scan sync found it so (contract 5.4); null was cleared. */
export const shownOrigin = (heard: ContactHeard): string | undefined =>
  (isFromHistory(heard) ? DIRECT_CHAT : heard.fields.origin?.value)

/** When a message gave the origin `DirectChat`: the first direct one if no other origin was before it, or the one that the sync found. */
const wroteDirectly = (heard: ContactHeard): Clock | undefined => {
  if (isFromHistory(heard)) return heard.approach?.clock
  const { direct, fields: { origin } } = heard
  return direct !== undefined && origin !== undefined && compareClocks(origin.clock, direct) === 0 ? direct : undefined
}

/** The message that gave the tag `Onboarded` together with the origin, unless tags were written since. */
const onboarding = (heard: ContactHeard): ReadonlyArray<Welcome> => {
  const clock = wroteDirectly(heard)
  return clock !== undefined && outlives(clock, heard) ? [{ tags: ONBOARDED, clock }] : []
}

const listed = (tags: string): ReadonlyArray<string> => tags.split(',').map((tag) => tag.trim()).filter((tag) => tag !== '')

/** The tags written, then those that messages brought, by clock; each once. Absent when there is none. */
export const shownTags = (heard: ContactHeard): string | undefined => {
  const brought = [...heard.welcomes, ...onboarding(heard)].sort((a, b) => compareClocks(a.clock, b.clock))
  const tags = new Set([heard.fields.tags?.value ?? '', ...brought.map((welcome) => welcome.tags)].flatMap(listed))
  return tags.size === 0 ? undefined : [...tags].join(',')
}

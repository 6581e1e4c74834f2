import type { OnboardingId } from './onboarding.ts'

/** What a person's number loses (contract 5.2); a dash and everything else stays. */
const DECORATION = /[+ ()]/g
/** The server part of a JID: `6281299001144@s.whatsapp.net` (contract 5.3, ACCEPT). */
const SERVER = /@.*$/s

/** A sender's number as onboarding knows it; undefined when nothing is left, then there is nobody to onboard. */
export const cleanPhone = (raw: string): string | undefined => {
  const phone = raw.replace(SERVER, '').replace(DECORATION, '')
  return phone === '' ? undefined : phone
}

const SPACING = /[- ]/g
const LONGEST_PERSON = 17

/** Longer numbers are taken for groups, which nobody onboards from a history (contract 5.4). */
export const isGroupNumber = (raw: string): boolean => raw.replace(SPACING, '').length > LONGEST_PERSON

/** `<agent>/<phone>`; the agent's own slashes are escaped, so that the first slash always separates the two. */
export const onboardingIdOf = (agentId: string, phone: string): OnboardingId =>
  `${agentId.replaceAll('%', '%25').replaceAll('/', '%2F')}/${phone}` as OnboardingId

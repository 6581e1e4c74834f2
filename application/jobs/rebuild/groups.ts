import type { Group } from '../../ports/generations.ts'
import type { ProjectionName } from '../../projections/read-models.ts'

/** The timeline writes each chat's last message into the overview (ADR 0009): the two are one. */
export const groups: ReadonlyArray<Group> = [['message_timeline', 'chat_overview'], ['contact_card'], ['agent_board'], ['onboarding_list']]

/** All that is built and exchanged together with `name`. */
export const groupOf = (name: ProjectionName): Group => groups.find((group) => group.includes(name)) ?? [name]

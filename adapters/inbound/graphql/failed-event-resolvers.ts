import type { FoundFailedEvent } from '../../../application/ports/failed-event-finder.ts'
import { toConnection } from './connection.ts'
import type { RequestContext } from './context.ts'
import type { Resolvers } from './generated/resolver-types.ts'
import { toGlobalId } from './global-id.ts'
import { toConditions, toMoment, toName } from './operator-words.ts'
import { pageRequest } from './page.ts'
import { answered } from './refusals.ts'
import { asFound } from './views.ts'

const LIST = 'Query.failedEvents by latest failure'
const MOST_GROUPS = 100

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

const bodyOf = ({ id }: FoundFailedEvent, { load }: RequestContext) => load.failureBody.load(id)

export const failedEventResolvers = {
  Query: {
    failedEvents: async (_, { filter, ...args }, { operations, cursors }) => {
      const request = pageRequest(args, (cursor) => cursors.decode(LIST, cursor))
      return toConnection(await answered(operations.failedEvents.page(request, toConditions(filter))), request, {
        viewOf: asFound,
        placeOf: ({ lastFailedAt, id }) => ({ at: lastFailedAt, id: String(id) }), cursorOf: (place) => cursors.encode(LIST, place),
      })
    },
    failedEvent: async (_, { failedEventId }, { load }) => (await load.failedEvent.load(failedEventId)) ?? null,
    failedEventGroups: (_, { filter }, { operations }) => answered(operations.failedEvents.groups(toConditions(filter), MOST_GROUPS)),
  },
  FailedEvent: {
    id: ({ id }) => toGlobalId('FailedEvent', String(id)),
    failedEventId: ({ id }) => String(id),
    sequence: ({ sequence }) => String(sequence),
    status: ({ status }) => toName(status),
    attemptCount: ({ attempts }) => attempts,
    attempts: ({ history }) => history,
    publishedAt: ({ publishedAt }) => toMoment(publishedAt),
    firstFailedAt: ({ firstFailedAt }) => toMoment(firstFailedAt),
    lastFailedAt: ({ lastFailedAt }) => toMoment(lastFailedAt),
    nextRetryAt: ({ nextRetryAt }) => (nextRetryAt === undefined ? null : toMoment(nextRetryAt)),
    editedAt: ({ editedAt }) => (editedAt === undefined ? null : toMoment(editedAt)),
    body: async (event, _, context) => textOf((await bodyOf(event, context)).body),
    bodyBase64: async (event, _, context) => Buffer.from((await bodyOf(event, context)).body).toString('base64'),
    editedBody: async (event, _, context) => {
      const edited = (await bodyOf(event, context)).editedBody
      return edited === undefined ? null : textOf(edited)
    },
  },
  FailedAttempt: { at: ({ at }) => new Date(at), by: ({ by }) => toName(by) },
  FailedEventGroup: {
    firstFailedAt: ({ firstFailedAt }) => toMoment(firstFailedAt),
    lastFailedAt: ({ lastFailedAt }) => toMoment(lastFailedAt),
    example: async ({ exampleId }, _, { load }) => (await load.failedEvent.load(String(exampleId))) ?? null,
  },
} satisfies Resolvers

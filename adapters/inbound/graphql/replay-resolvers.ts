import { toConnection } from './connection.ts'
import type { Resolvers } from './generated/resolver-types.ts'
import { toGlobalId } from './global-id.ts'
import { toMoment, toName } from './operator-words.ts'
import { pageRequest } from './page.ts'
import { answered } from './refusals.ts'
import { asFound } from './views.ts'

const LIST = 'Query.replayJobs by latest'
const itemList = (jobId: string): string => `ReplayJob.items of ${jobId}`

export const replayResolvers = {
  Query: {
    replayJobs: async (_, args, { operations, cursors }) => {
      const request = pageRequest(args, (cursor) => cursors.decode(LIST, cursor))
      return toConnection(await answered(operations.replayJobs.page(request)), request, {
        viewOf: asFound,
        placeOf: ({ createdAt, id }) => ({ at: createdAt, id }), cursorOf: (place) => cursors.encode(LIST, place),
      })
    },
    replayJob: async (_, { replayJobId }, { load }) => (await load.replayJob.load(replayJobId)) ?? null,
  },
  ReplayJob: {
    id: ({ id }) => toGlobalId('ReplayJob', id),
    replayJobId: ({ id }) => id,
    status: ({ status }) => toName(status),
    createdAt: ({ createdAt }) => toMoment(createdAt),
    finishedAt: ({ finishedAt }) => (finishedAt === undefined ? null : toMoment(finishedAt)),
    items: async ({ id }, args, { operations, cursors }) => {
      const list = itemList(id)
      const request = pageRequest(args, (cursor) => cursors.decode(list, cursor))
      const rows = await answered(operations.replayJobs.items(id, request.size + 1, request.after?.at))
      return toConnection({ rows: rows.slice(0, request.size), more: rows.length > request.size }, request, {
        viewOf: asFound,
        placeOf: ({ failedEventId }) => ({ at: failedEventId, id: '' }), cursorOf: (place) => cursors.encode(list, place),
      })
    },
  },
  ReplayItem: {
    failedEventId: ({ failedEventId }) => String(failedEventId),
    failedEvent: async ({ failedEventId }, _, { load }) => (await load.failedEvent.load(String(failedEventId))) ?? null,
    status: ({ status }) => toName(status),
    changes: ({ changes }) => changes ?? null,
    finishedAt: ({ finishedAt }) => (finishedAt === undefined ? null : toMoment(finishedAt)),
  },
  ReplayChange: { aggregateId: ({ id }) => id },
} satisfies Resolvers

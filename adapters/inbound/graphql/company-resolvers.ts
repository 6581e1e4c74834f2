import { comparePositions, ORIGIN, type Position } from '../../../application/ports/event-log.ts'
import type { RequestContext } from './context.ts'
import type { Resolvers } from './generated/resolver-types.ts'

/** GraphQL's Int has 32 bits. */
const LARGEST_INT = 2_147_483_647

const toInt = (count: number): number => Math.min(count, LARGEST_INT)

const toText = ({ epoch, xid, seq }: Position): string => `${epoch}/${xid}/${seq}`

/** The slowest read model's lag, which is that of the lowest position; without one, all that is stored is still to come. */
const slowestLag = async ({ load, lagAfter }: RequestContext): Promise<number> => {
  const [lowest = ORIGIN] = (await load.freshness()).map(({ position }) => position).sort(comparePositions)
  return lagAfter(lowest)
}

const wholeLag = async (context: RequestContext): Promise<number> => {
  const [stored, unprocessed] = [await slowestLag(context), await context.unprocessed()]
  return Math.max(stored, ...unprocessed.map(({ ageSeconds }) => ageSeconds))
}

export const companyResolvers = {
  Query: {
    company: (_, _args, { load }) => load.totals(),
    freshness: (_, _args, { load }) => load.freshness(),
  },
  Company: {
    companyId: (_, _args, { companyId }) => companyId,
    chatCount: ({ chats }) => toInt(chats),
    messageCount: ({ messages }) => toInt(messages),
    unreadCount: ({ unread }) => toInt(unread),
    ingestLagSeconds: (_, _args, context) => wholeLag(context),
    lag: async (_, _args, context) => ({ readModelSeconds: await slowestLag(context), unprocessed: await context.unprocessed() }),
  },
  ProjectionFreshness: {
    position: ({ position }) => toText(position),
    factAt: ({ factAt }) => (factAt === undefined ? null : new Date(factAt)),
    ageSeconds: ({ position }, _, { lagAfter }) => lagAfter(position),
  },
} satisfies Resolvers

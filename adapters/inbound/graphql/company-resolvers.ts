import { ORIGIN, type Position } from '../../../application/ports/event-log.ts'
import type { RequestContext } from './context.ts'
import type { Resolvers } from './generated/resolver-types.ts'

/** GraphQL's Int has 32 bits. */
const LARGEST_INT = 2_147_483_647

const toInt = (count: number): number => Math.min(count, LARGEST_INT)

const toText = ({ epoch, xid, seq }: Position): string => `${epoch}/${xid}/${seq}`

/** The slowest read model's lag; without one, all that is stored is still to come. */
const slowestLag = async ({ load, lagAfter }: RequestContext): Promise<number> => {
  const progress = await load.freshness()
  const positions = progress.length === 0 ? [ORIGIN] : progress.map(({ position }) => position)
  return Math.max(...await Promise.all(positions.map(lagAfter)))
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
    ingestLagSeconds: (_, _args, context) => slowestLag(context),
  },
  ProjectionFreshness: {
    position: ({ position }) => toText(position),
    factAt: ({ factAt }) => (factAt === undefined ? null : new Date(factAt)),
    ageSeconds: ({ position }, _, { lagAfter }) => lagAfter(position),
  },
} satisfies Resolvers

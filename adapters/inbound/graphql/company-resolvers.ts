import type { CompanyTotals } from '../../../application/ports/company-finder.ts'
import type { ProjectionProgress } from '../../../application/ports/freshness-finder.ts'
import type { Context } from './context.ts'
import { answered } from './errors.ts'
import type { CompanyResolvers, ProjectionFreshness } from './generated/resolver-types.ts'
import { toDate } from './values.ts'

/** Asked once a request, however many fields want it. */
const totalsByRequest = new WeakMap<Context, Promise<CompanyTotals>>()

export const totalsOf = (context: Context): Promise<CompanyTotals> => {
  const known = totalsByRequest.get(context) ?? answered(context.reads.company.totals())
  totalsByRequest.set(context, known)
  return known
}

const MS_PER_SECOND = 1_000

const toFreshness = async ({ name, position, factAt }: ProjectionProgress, { lagAfter }: Context): Promise<ProjectionFreshness> => ({
  name, position: `${position.epoch}/${position.xid}/${position.seq}`, ageSeconds: await lagAfter(position),
  factAt: factAt === undefined ? null : toDate(factAt / MS_PER_SECOND),
})

export const freshnessOf = async (context: Context): Promise<ReadonlyArray<ProjectionFreshness>> =>
  Promise.all((await answered(context.reads.freshness.all())).map((progress) => toFreshness(progress, context)))

export const companyResolvers: CompanyResolvers = {
  chatCount: async (_, __, context) => (await totalsOf(context)).chats,
  messageCount: async (_, __, context) => (await totalsOf(context)).messages,
  unreadCount: async (_, __, context) => (await totalsOf(context)).unread,
  ingestLagSeconds: async (_, __, context) => Math.max(0, ...(await freshnessOf(context)).map(({ ageSeconds }) => ageSeconds)),
}

import type { ProjectionProgress, Totals } from '../../../application/ports/reads.ts'
import type { Context } from './context.ts'
import { answered } from './errors.ts'
import type { CompanyResolvers, ProjectionFreshness } from './generated/resolver-types.ts'

/** Asked once a request, however many fields want it. */
const totalsByRequest = new WeakMap<Context, Promise<Totals>>()

export const totalsOf = (context: Context): Promise<Totals> => {
  const known = totalsByRequest.get(context) ?? answered(context.reads.totals())
  totalsByRequest.set(context, known)
  return known
}

const toFreshness = async ({ name, position }: ProjectionProgress, { lagAfter }: Context): Promise<ProjectionFreshness> =>
  ({ name, position: `${position.epoch}/${position.xid}/${position.seq}`, ageSeconds: await lagAfter(position) })

export const freshnessOf = async (context: Context): Promise<ReadonlyArray<ProjectionFreshness>> =>
  Promise.all((await answered(context.reads.progress())).map((progress) => toFreshness(progress, context)))

export const companyResolvers: CompanyResolvers = {
  chatCount: async (_, __, context) => (await totalsOf(context)).chats,
  messageCount: async (_, __, context) => (await totalsOf(context)).messages,
  unreadCount: async (_, __, context) => (await totalsOf(context)).unread,
  ingestLagSeconds: async (_, __, context) => Math.max(0, ...(await freshnessOf(context)).map(({ ageSeconds }) => ageSeconds)),
}

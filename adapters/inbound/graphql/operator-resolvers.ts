import * as E from 'fp-ts/lib/Either.js'
import { GraphQLError } from 'graphql'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Acted, Refusal } from '../../../application/commands/act.ts'
import type { Operations } from '../../../application/operations.ts'
import type { FoundReplayJob, Selection } from '../../../application/ports/replay-job-finder.ts'
import type { RequestContext } from './context.ts'
import type { FailedEventSelection, Resolvers } from './generated/resolver-types.ts'
import { toEventId } from './operation-loaders.ts'
import { toConditions } from './operator-words.ts'
import { answered, refusal } from './refusals.ts'

/** A job of so many events is waited for, so long. */
const SMALL = 100
const WAIT_MS = 5_000
const LOOK_EVERY_MS = 100
const MOST_IDS = 1_000

const INPUT: ReadonlySet<Refusal['code']> = new Set(['empty_filter', 'invalid_body', 'note_required', 'too_many', 'invalid_rate'])

const codeOf = (code: Refusal['code']): string => {
  if (code === 'not_found') return 'NOT_FOUND'
  return INPUT.has(code) ? 'BAD_USER_INPUT' : 'CONFLICT'
}

const refused = ({ code, message, jobId, pointer }: Refusal): GraphQLError => new GraphQLError(message, { extensions: {
  code: codeOf(code), reason: code, ...(jobId === undefined ? {} : { replayJobId: jobId }), ...(pointer === undefined ? {} : { pointer }),
} })

const done = async <A>(acted: Acted<A>): Promise<A> => {
  const result = await acted()
  if (E.isRight(result)) return result.right
  if (result.left.type === 'Refusal') throw refused(result.left)
  throw refusal('UNAVAILABLE', 'The data cannot be reached at the moment. Try again.')
}

const actorOf = ({ companyId, subject }: RequestContext) => ({ companyId, actor: `api:${subject}` })

/** What is no id of ours is an unknown one; 0 is nobody's. */
const eventIdOf = (id: string): number => toEventId(id) ?? 0

const toSelection = ({ failedEventIds: ids, filter }: FailedEventSelection): Selection => {
  if (!ids) return { conditions: toConditions(filter) }
  if (filter) throw refusal('BAD_USER_INPUT', 'Give ids or a filter, not both.')
  if (ids.length > MOST_IDS) throw refusal('BAD_USER_INPUT', `At most ${MOST_IDS} ids at once; a filter takes more.`)
  return { ids: ids.map(eventIdOf) }
}

const jobById = async ({ replayJobs }: Operations, jobId: string): Promise<FoundReplayJob> => {
  const job = (await answered(replayJobs.byIds([jobId]))).get(jobId)
  if (job === undefined) throw new Error('a replay job is gone')
  return job
}

/** A small job as it ended, or as it stands when that takes too long. */
const settled = async (operations: Operations, jobId: string): Promise<FoundReplayJob> => {
  let job = await jobById(operations, jobId)
  for (const end = Date.now() + WAIT_MS; job.total <= SMALL && job.status === 'running' && Date.now() < end;) {
    await sleep(LOOK_EVERY_MS)
    job = await jobById(operations, jobId)
  }
  return job
}

export const operatorResolvers = {
  Mutation: {
    editFailedEvent: async (_, { failedEventId, body }, context) => {
      const id = eventIdOf(failedEventId)
      await done(context.operations.editFailedEvent({ ...actorOf(context), id, body: new TextEncoder().encode(body) }))
      const edited = (await answered(context.operations.failedEvents.byIds([id]))).get(id)
      if (edited === undefined) throw new Error('an edited event is gone')
      return edited
    },
    discardFailedEvents: (_, { events, note }, context) =>
      done(context.operations.discardFailedEvents({ ...actorOf(context), selection: toSelection(events), note })),
    replayFailedEvents: async (_, { events, dryRun, perSecond }, context) => {
      const { jobId } = await done(context.operations.requestReplay({ ...actorOf(context), selection: toSelection(events), dryRun,
        perSecond: perSecond ?? undefined }))
      return settled(context.operations, jobId)
    },
    abortReplayJob: async (_, { replayJobId }, context) => {
      await done(context.operations.abortReplayJob({ ...actorOf(context), jobId: replayJobId }))
      return jobById(context.operations, replayJobId)
    },
  },
} satisfies Resolvers

import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { FailedEvent } from '../ports/failed-events.ts'
import type { AuditEntry, DeskTx, OperatorDesk } from '../ports/operator-desk.ts'
import type { Unavailable } from '../ports/unavailable.ts'

type RefusedBecause =
  | 'not_found' | 'empty_filter' | 'company_not_active' | 'still_retrying' | 'retried_just_now' | 'in_another_job' | 'invalid_body'
  | 'already_settled' | 'note_required' | 'too_many' | 'invalid_rate' | 'not_running'

/** Why an operator's action changed nothing. The message is for the operator and holds no value of a payload or of the request. */
export interface Refusal {
  readonly type: 'Refusal'
  readonly code: RefusedBecause
  readonly message: string
  /** Of `in_another_job`. */
  readonly jobId?: string
  /** Of `not_found`: the ids that are unknown, at most 100. */
  readonly missing?: ReadonlyArray<number>
  /** Of `invalid_body`. */
  readonly reason?: string
  readonly pointer?: string
}

export const refusal = (code: RefusedBecause, message: string, more: Omit<Refusal, 'type' | 'code' | 'message'> = {}): Refusal =>
  ({ type: 'Refusal', code, message, ...more })

export type Acted<A> = TE.TaskEither<Unavailable | Refusal, A>

/** Who acts, in which company. */
export interface Actor { readonly companyId: FailedEvent['companyId']; readonly actor: string }

type Action = Actor & Omit<AuditEntry, 'outcome'>

const outcomeOf = (worked: E.Either<Refusal, unknown>): Pick<AuditEntry, 'outcome'> =>
  ({ outcome: E.isLeft(worked) ? worked.left.code : 'done' })

const reasonsOf = (worked: E.Either<Refusal, unknown>): Readonly<Record<string, unknown>> => {
  if (E.isRight(worked)) return {}
  const { jobId, reason, pointer } = worked.left
  return { ...(jobId === undefined ? {} : { jobId }), ...(reason === undefined ? {} : { reason, pointer }) }
}

/**
 * One action in one transaction, which also writes down how it ended; a refusal is written down too. `work` refuses before it changes
 * anything. `told`: what the audit keeps of the result.
 */
export const act = <A>(
  { transact }: OperatorDesk, { companyId, actor, action, target, details }: Action, work: (tx: DeskTx) => Acted<A>,
  told: (result: A) => Readonly<Record<string, unknown>> = () => ({}),
): Acted<A> => pipe(
  transact(companyId, (tx): TE.TaskEither<Unavailable, E.Either<Refusal, A>> => async () => {
    const result = await work(tx)()
    if (E.isLeft(result) && result.left.type === 'Unavailable') return E.left(result.left)
    const worked = result as E.Either<Refusal, A>
    const entry = { actor, action, target, ...outcomeOf(worked),
      details: { ...details, ...reasonsOf(worked), ...(E.isRight(worked) ? told(worked.right) : {}) } }
    const written = await tx.audit(entry)()
    return E.isLeft(written) ? written : E.right(worked)
  }),
  TE.chainW(TE.fromEither),
)

import type { LoggedFact } from '../../../application/ports/event-log.ts'
import type { DueSync, PostScanSyncs, ScannedContact } from '../../../application/ports/post-scan-syncs.ts'
import type { WallClock } from '../../../application/ports/wall-clock.ts'
import type { CompanyId } from '../../../domain/company.ts'
import type { Contact, ContactId } from '../../../domain/contact/contact.ts'
import { contact } from '../../../domain/contact/decide.ts'
import { shownContact } from '../../../domain/contact/shown.ts'
import type { Decider } from '../../../domain/decider.ts'
import { message } from '../../../domain/message/decide.ts'
import type { Message } from '../../../domain/message/message.ts'
import { shownMessage } from '../../../domain/message/shown.ts'
import { sync } from '../../../domain/sync/decide.ts'
import type { SyncId } from '../../../domain/sync/sync.ts'
import { done } from './done.ts'
import type { MemoryLog } from './memory-log.ts'

const MS_PER_SECOND = 1_000

/** What a row of the schedule says besides its request; another request starts anew. */
interface Run { readonly dueAt: number; readonly after: string | undefined; readonly isDone: boolean; readonly leasedUntilMs: number }

interface Folded<State> { readonly companyId: CompanyId; readonly id: string; readonly state: State }

/** The states of one kind, rebuilt from the facts. */
const folded = <State, Event>(
  { initial, evolve }: Decider<never, State, Event>, kind: LoggedFact['kind'], { facts }: MemoryLog,
): ReadonlyArray<Folded<State>> => {
  const states = new Map<string, Folded<State>>()
  for (const { companyId, id, event } of facts.filter((fact) => fact.kind === kind)) {
    const key = `${companyId} ${id}`
    states.set(key, { companyId, id, state: evolve(states.get(key)?.state ?? initial, event as unknown as Event) })
  }
  return [...states.values()]
}

type Oldest = NonNullable<ScannedContact['oldest']>

const byAge = (a: Oldest, b: Oldest): number => a.firstSeen.at - b.firstSeen.at || (a.messageId < b.messageId ? -1 : 1)

const oldestOf = (messages: ReadonlyArray<Folded<Message>>, { companyId, agentId }: DueSync, phoneNumber: string): Oldest | undefined =>
  messages.flatMap(({ companyId: owner, id, state }): ReadonlyArray<Oldest> => {
    if (owner !== companyId || state.kind !== 'recorded') return []
    const { flow, agentId: agent, fromPhone } = shownMessage(state.heard, state.firstSeen)
    return flow === 'IN' && agent === agentId && fromPhone === phoneNumber ? [{ messageId: id, firstSeen: state.firstSeen }] : []
  }).sort(byAge)[0]

const phonesOf = (contacts: ReadonlyArray<Folded<Contact>>, { companyId, agentId }: DueSync): ReadonlyArray<readonly [string, string]> =>
  contacts.flatMap(({ companyId: owner, id, state }): ReadonlyArray<readonly [string, string]> => {
    if (owner !== companyId || state.kind !== 'known') return []
    const { agentId: agent, phoneNumber } = shownContact(state.heard)
    return agent === agentId && phoneNumber !== undefined ? [[phoneNumber, id]] : []
  }).sort(([a], [b]) => (a < b ? -1 : 1))

const scan = (log: MemoryLog, due: DueSync, limit: number): ReadonlyArray<ScannedContact> => {
  const messages = folded(message, 'message', log)
  return phonesOf(folded(contact, 'contact', log), due).filter(([phoneNumber]) => due.after === undefined || phoneNumber > due.after)
    .slice(0, limit).map(([phoneNumber, id]) => {
      const oldest = oldestOf(messages, due, phoneNumber)
      return { contactId: id as ContactId, phoneNumber, ...(oldest === undefined ? {} : { oldest }) }
    })
}

/** Requests, contacts and messages are what the facts of `log` say; how far a run has come is kept here. */
export const memoryPostScanSyncs = (log: MemoryLog, clock: WallClock): PostScanSyncs => {
  const runs = new Map<string, Run>()
  const keyOf = ({ companyId, agentId }: Pick<DueSync, 'companyId' | 'agentId'>): string => `${companyId} ${agentId}`
  const requested = (): ReadonlyArray<DueSync> => folded(sync, 'sync', log).flatMap(({ companyId, id, state }) =>
    (state.kind === 'requested' ? [{ companyId, agentId: id as SyncId, dueAt: state.dueAt }] : []))
  const runOf = (due: DueSync): Run => {
    const run = runs.get(keyOf(due))
    return run?.dueAt === due.dueAt ? run : { dueAt: due.dueAt, after: undefined, isDone: false, leasedUntilMs: run?.leasedUntilMs ?? 0 }
  }
  const touchedAt = (due: DueSync): number => runOf(due).leasedUntilMs || due.dueAt * MS_PER_SECOND
  const isFree = (due: DueSync): boolean =>
    due.dueAt * MS_PER_SECOND <= clock.nowMs() && !runOf(due).isDone && runOf(due).leasedUntilMs <= clock.nowMs()
  return {
    claim: (companies, leaseMs) => done(() => {
      const free = requested().filter((due) => companies.includes(due.companyId) && isFree(due))
      const [next] = free.sort((a, b) => touchedAt(a) - touchedAt(b))
      if (next === undefined) return undefined
      const run = { ...runOf(next), leasedUntilMs: clock.nowMs() + leaseMs }
      runs.set(keyOf(next), run)
      return { ...next, ...(run.after === undefined ? {} : { after: run.after }) }
    }),
    scan: (due, limit) => done(() => scan(log, due, limit)),
    advance: (due, after) => done(() => {
      const current = requested().find((request) => keyOf(request) === keyOf(due))
      if (current?.dueAt !== due.dueAt || runOf(due).isDone || runOf(due).after !== due.after) return false
      runs.set(keyOf(due), { dueAt: due.dueAt, after, isDone: after === undefined, leasedUntilMs: clock.nowMs() })
      return true
    }),
  }
}

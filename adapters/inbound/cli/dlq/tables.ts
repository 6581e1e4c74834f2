import Table from 'cli-table3'
import colors from 'picocolors'
import type { FailedEventStatus, FailureGroup, FoundFailedEvent } from '../../../../application/ports/failed-event-finder.ts'
import type { FoundAuditEntry } from '../../../../application/ports/operator-desk.ts'
import { replayItemStatuses, type FoundReplayItem, type FoundReplayJob } from '../../../../application/ports/replay-job-finder.ts'

const MICROS_PER_MS = 1_000
/** Seconds are enough for a table. */
const TO_SECONDS = 19

/** UTC, as in the logs. */
const timeOf = (micros: number | undefined): string =>
  (micros === undefined ? '' : `${new Date(micros / MICROS_PER_MS).toISOString().slice(0, TO_SECONDS).replace('T', ' ')}Z`)

export const tableOf = (head: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<string | number>>): string => {
  const table = new Table({ head: [...head], style: { head: [], border: [] } })
  for (const row of rows) table.push([...row])
  return `${table.toString()}\n`
}

const PAINT: Readonly<Record<FailedEventStatus, (text: string) => string>> = {
  retrying: colors.yellow, dead: colors.yellow, exhausted: colors.red, resolved: colors.green, discarded: colors.dim,
}

const what = ({ reason, pointer }: Pick<FoundFailedEvent, 'reason' | 'pointer'>): string => (pointer === '' ? reason : `${reason} ${pointer}`)

export const eventTable = (events: ReadonlyArray<FoundFailedEvent>): string =>
  tableOf(['id', 'company', 'event', 'status', 'reason', 'attempts', 'last failed', 'fingerprint'],
    events.map((event) => [event.id, event.companyId, event.eventType, PAINT[event.status](event.status), what(event), event.attempts,
      timeOf(event.lastFailedAt), event.fingerprint]))

export const groupTable = (groups: ReadonlyArray<FailureGroup>): string =>
  tableOf(['fingerprint', 'event', 'reason', 'place', 'count', 'first failed', 'last failed', 'example'],
    groups.map((group) => [group.fingerprint, group.eventType, group.reason, group.place, group.count, timeOf(group.firstFailedAt),
      timeOf(group.lastFailedAt), group.exampleId]))

/** One failed event, a line a property, then its attempts. */
export const eventDetails = (event: FoundFailedEvent): string => {
  const lines: ReadonlyArray<readonly [string, string | number | undefined]> = [
    ['id', event.id], ['company', event.companyId], ['subject', event.subject], ['source', `${event.stream} ${event.sequence}`],
    ['item', event.item], ['status', event.status], ['reason', event.reason], ['pointer', event.pointer], ['message', event.message],
    ['fingerprint', event.fingerprint], ['published', timeOf(event.publishedAt)], ['first failed', timeOf(event.firstFailedAt)],
    ['last failed', timeOf(event.lastFailedAt)], ['next retry', timeOf(event.nextRetryAt)], ['note', event.note],
    ['edited', event.editedBy === undefined ? undefined : `${timeOf(event.editedAt)} by ${event.editedBy}`]]
  const attempts = event.history.map(({ at, by, ...problem }) => [at.slice(0, TO_SECONDS), by, what(problem)])
  return `${tableOf(['property', 'value'], lines.flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, value]])))}
${tableOf(['attempt', 'by', 'failed with'], attempts)}`
}

export const countsOf = ({ counts }: FoundReplayJob): string =>
  replayItemStatuses.filter((status) => counts[status] > 0).map((status) => `${counts[status]} ${status}`).join(', ')

export const jobTable = (jobs: ReadonlyArray<FoundReplayJob>): string =>
  tableOf(['job', 'company', 'kind', 'status', 'items', 'asked by', 'created', 'finished'],
    jobs.map((job) => [job.id, job.companyId, job.dryRun ? 'dry run' : 'replay', job.status, countsOf(job), job.requestedBy,
      timeOf(job.createdAt), timeOf(job.finishedAt)]))

const changesOf = ({ changes = [] }: FoundReplayItem): string =>
  changes.map(({ kind, id, facts, fields }) => `${kind} ${id}: ${facts.join(', ')} (${fields.join(', ')})`).join('\n')

export const itemTable = (items: ReadonlyArray<FoundReplayItem>): string =>
  tableOf(['event', 'outcome', 'reason', 'would change'],
    items.map((item) => [item.failedEventId, item.status, item.reason ?? '', changesOf(item)]))

export const auditTable = (entries: ReadonlyArray<FoundAuditEntry>): string =>
  tableOf(['at', 'company', 'who', 'action', 'target', 'outcome', 'details'], entries.map((entry) =>
    [timeOf(entry.at), entry.companyId, entry.actor, entry.action, entry.target, entry.outcome, JSON.stringify(entry.details)]))

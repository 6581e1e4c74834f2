import type { JetStreamManager } from '@nats-io/jetstream'
import { durableOf, type CompanyDurable } from '../../inbound/nats/company-durable.ts'
import { surveyDurables, surveyUnprocessed } from '../../inbound/nats/survey.ts'
import { eventKinds, versionOf } from '../../inbound/nats/subjects.ts'
import type { Planned } from './plan.ts'

const MS_PER_SECOND = 1_000

/** Counts what was stored for each durable of the load, and asks the broker what of it is settled. */
export const unsettledEvents = (jsm: JetStreamManager) => {
  const stored = new Map<string, { readonly durable: CompanyDurable; events: number }>()
  const surveyed = () => surveyDurables(jsm, [...stored.values()].map(({ durable }) => durable))
  return {
    stored: ({ companyId, event }: Planned): void => {
      const durable = durableOf(companyId, eventKinds[event].rank, versionOf(event))
      const known = stored.get(durable.name)
      if (known === undefined) stored.set(durable.name, { durable, events: 1 })
      else known.events += 1
    },
    /** A durable that is not there yet has settled nothing. */
    count: async (): Promise<number> => (await surveyed()).reduce((sum, { durable, info }) => sum
      + (info === undefined ? stored.get(durable.name)?.events ?? 0 : info.num_pending + info.num_ack_pending), 0),
    oldestSeconds: async (): Promise<number> => {
      const waiting = await surveyUnprocessed(jsm, await surveyed())
      return waiting.reduce((oldest, { publishedAtMs }) => Math.max(oldest, (Date.now() - publishedAtMs) / MS_PER_SECOND), 0)
    },
  }
}

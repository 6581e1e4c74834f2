import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream'
import { provisionStreams, type Provision, type Provisioned } from '../inbound/nats/provision-streams.ts'
import { planTrim, trim, type Trim } from '../inbound/nats/trim-streams.ts'
import { postgresAcknowledgedPositions } from '../outbound/postgres/acknowledged-positions.ts'
import { postgresNobodysEvents } from '../outbound/postgres/nobodys-events.ts'
import { openOrm } from '../outbound/postgres/orm.ts'
import { connectNatsOnce } from './connect-nats.ts'
import type { Settings } from './settings.ts'

const NAME = 'daisi-provision'
const POOL_SIZE = 2

const withBroker = async <A>(settings: Settings, work: (jsm: JetStreamManager) => Promise<A>): Promise<A> => {
  const connection = await connectNatsOnce(settings, NAME)
  try {
    return await work(await jetstreamManager(connection))
  } finally {
    await connection.close()
  }
}

/** Makes the streams that are missing and compares the others; with the login of the provisioner (ADR 14). */
export const runProvision = (settings: Settings, wanted: Provision): Promise<ReadonlyArray<Provisioned>> =>
  withBroker(settings, (jsm) => provisionStreams(jsm, wanted))

export interface Trimmed extends Trim { readonly purged: number }

/** What can go of the streams of events, and, with `purges`, away with it. */
export const runTrim = (settings: Settings, purges: boolean): Promise<ReadonlyArray<Trimmed>> => withBroker(settings, async (jsm) => {
  const orm = await openOrm({ url: settings.databaseUrl ?? '', poolSize: POOL_SIZE, name: NAME })
  try {
    const trimmed: Trimmed[] = []
    for (const plan of await planTrim(jsm, { positions: postgresAcknowledgedPositions(orm), nobodys: postgresNobodysEvents(orm) }))
      trimmed.push({ ...plan, purged: purges ? await trim(jsm, plan) : 0 })
    return trimmed
  } finally {
    await orm.close()
  }
})

import { jetstream } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/nats-core'
import type { CompanyId } from '../../../domain/company.ts'
import type { SampleEvent } from './sample-events.ts'

/** Publishes awaiting an acknowledgement at a time: enough to keep the broker busy, little enough to be slowed by it. */
const IN_FLIGHT = 256

/** Publishes in order of the list, `IN_FLIGHT` at a time; `onPublished` hears how many the broker has stored since the last call. */
export const publishSample = async (
  connection: NatsConnection, companyId: CompanyId, events: ReadonlyArray<SampleEvent>, onPublished: (count: number) => void,
): Promise<void> => {
  const js = jetstream(connection)
  for (let i = 0; i < events.length; i += IN_FLIGHT) {
    const window = events.slice(i, i + IN_FLIGHT)
    await Promise.all(window.map(({ subject, body }) => js.publish(`${subject}.${companyId}`, JSON.stringify(body))))
    onPublished(window.length)
  }
}

import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream'
import { PermissionViolationError, type NatsConnection } from '@nats-io/nats-core'
import { setTimeout as sleep } from 'node:timers/promises'
import { ensureStreams } from './streams.ts'

const FIRST_WAIT_MS = 200
const LONGEST_WAIT_MS = 5_000

const isRefusal = (cause: unknown): boolean => cause instanceof Error && cause.cause instanceof PermissionViolationError

type Say = (what: string, fields?: Readonly<Record<string, string>>) => void

const troubleOf = (cause: unknown): Parameters<Say> => (isRefusal(cause)
  ? ['streams are missing and this login may not make them: run `daisi provision`; waiting']
  : ['JetStream does not answer as it should; waiting', { cause: cause instanceof Error ? cause.name : 'unknown' }])

/**
 * Resolves when the streams exist: made here, where the broker lets us, as in development; where it does not, `daisi provision`
 * makes them (ADR 14), and we wait for it at a growing interval. How existing ones differ is said.
 */
export const awaitStreams = async (connection: NatsConnection, say: Say): Promise<JetStreamManager> => {
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
    try {
      const jsm = await jetstreamManager(connection)
      for (const drift of await ensureStreams(jsm)) say(drift)
      return jsm
    } catch (cause) {
      say(...troubleOf(cause))
      await sleep(waitMs)
    }
  }
}

import { PermissionViolationError } from '@nats-io/nats-core'
import { setTimeout as sleep } from 'node:timers/promises'

const FIRST_WAIT_MS = 200
const LONGEST_WAIT_MS = 5_000

const REFUSED = 'streams are missing and this login may not make them: run `daisi provision`'
const UNANSWERED = 'waiting for JetStream and its streams'

type Look = () => Promise<void>
type Say = (what: string, fields?: Readonly<Record<string, string>>) => void

const isRefusal = (cause: unknown): boolean => cause instanceof Error && cause.cause instanceof PermissionViolationError

/** A look at the streams; where the broker lets ingest make none (ADR 14), it says who does. */
export const sayingWho = (look: Look, say: Say): Look => () => look().catch((cause: unknown) => {
  if (isRefusal(cause)) say(REFUSED)
  throw cause
})

/** Looks again, at a growing interval, until a look succeeds: then the streams exist. */
export const awaitStreams = async (look: Look, say: Say): Promise<void> => {
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
    const cause = await look().then(() => undefined, (failure: unknown) => failure ?? new Error('unknown'))
    if (cause === undefined) return
    say(UNANSWERED, { cause: cause instanceof Error ? cause.name : 'unknown' })
    await sleep(waitMs)
  }
}

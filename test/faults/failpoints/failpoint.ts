import { writeSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** Every place between two steps at which a process may die (reliability 3.2 part 2), in the order in which an event passes them. */
export const INGEST_BOUNDARIES = [
  'transaction.begins', 'transaction.locked', 'transaction.loaded', 'transaction.saved', 'batch.committed', 'event.acknowledged',
] as const
export const FAILURE_BOUNDARIES = ['failure.found', 'failure.stored', 'letter.found', 'letter.published', 'letter.marked'] as const
/** Of a dead letter that goes through after all: in hand and not applied yet; applied, and its letter not settled yet. */
export const RETRY_BOUNDARIES = ['retry.claimed', 'retry.applied'] as const
export const REPLAY_BOUNDARIES = ['replay.claimed', 'replay.applied'] as const
/** Of a post-scan sync: contacts in hand; applied, and not written down how far it has come. */
export const SYNC_BOUNDARIES = ['sync.scanned', 'sync.applied'] as const
export const POLICY_BOUNDARIES = ['policy.handled'] as const
export const PROJECTOR_BOUNDARIES = ['page.read', 'rows.folded', 'rows.advanced'] as const

export type Boundary = (typeof INGEST_BOUNDARIES | typeof FAILURE_BOUNDARIES | typeof RETRY_BOUNDARIES | typeof REPLAY_BOUNDARIES
  | typeof SYNC_BOUNDARIES | typeof POLICY_BOUNDARIES | typeof PROJECTOR_BOUNDARIES)[number]

/** `hang-kill`: silent for longer than the broker waits, then dead. */
export type Action = 'kill' | 'throw' | 'hang-kill'

export interface Failpoint {
  readonly boundary: Boundary
  readonly nth: number
  readonly action: Action
  /** Steps that are about others are left alone. */
  readonly company: string
  /** Base subject of the event that flows. */
  readonly event: string
}

const NAME = 'FAILPOINT'

/** As the environment of a process says it. */
export const failpointEnv = ({ boundary, nth, action, company, event }: Failpoint): Readonly<Record<string, string>> =>
  ({ [NAME]: [boundary, nth, action, company, event].join(':') })

const failpointOf = (env: NodeJS.ProcessEnv): Failpoint => {
  const [boundary, nth, action, company = '', event = ''] = (env[NAME] ?? '').split(':')
  return { boundary: boundary as Boundary, nth: Number(nth), action: action as Action, company, event }
}

/** Longer than the shortest `ack_wait`. */
const HANG_MS = 3_000

/** Said before the end, for a log that ends is not enough to say why. */
export const REACHED = 'FAILPOINT reached'

const die = (): void => { process.kill(process.pid, 'SIGKILL') }

/** The process's own failpoint: `reach` is called at each boundary, with the companies that the step is about. */
export const failpointOfProcess = () => {
  const { boundary, nth, action, company, event } = failpointOf(process.env)
  let times = 0
  return {
    boundary, company, event,
    concerns: (companies: ReadonlyArray<string>): boolean => companies.includes(company),
    reach: async (name: Boundary, companies: ReadonlyArray<string>): Promise<void> => {
      if (name !== boundary || !companies.includes(company)) return
      times += 1
      if (times !== nth) return
      writeSync(process.stderr.fd, `${REACHED}: ${name}\n`)
      if (action === 'throw') throw new Error('failpoint')
      if (action === 'hang-kill') await sleep(HANG_MS)
      die()
    },
  }
}

export type Reach = ReturnType<typeof failpointOfProcess>

import { setTimeout as sleep } from 'node:timers/promises'
import { planOf } from './plan.ts'
import { openPublisher, type Publisher } from './publisher.ts'

export interface Load extends Pick<Publisher, 'publish' | 'entries' | 'retries' | 'close'> {
  /** Everything that is held back goes out too; resolves when all is accepted. */
  readonly stop: () => Promise<void>
  /** Resolves when so many publishes are accepted. */
  readonly reached: (publishes: number) => Promise<void>
}

export interface LoadOptions {
  readonly natsUrl: string
  readonly seed: number
  readonly companies: readonly [string, ...string[]]
  /** Publishes a second, at most. */
  readonly rate: number
}

const CHUNK = 20
const LOOK_EVERY_MS = 20
const MS_PER_SECOND = 1_000

/** Publishes the seeded workload at a steady rate until it is stopped. */
export const startLoad = async ({ natsUrl, seed, companies, rate }: LoadOptions): Promise<Load> => {
  const publisher = await openPublisher(natsUrl)
  const plan = planOf(seed, companies)
  let [stopping, published] = [false, 0]
  const run = async (): Promise<void> => {
    for (let due = Date.now(); !stopping; due += (CHUNK / rate) * MS_PER_SECOND) {
      const chunk = plan.next(CHUNK)
      await publisher.publish(chunk)
      published += chunk.length
      due = Math.max(due, Date.now() - MS_PER_SECOND)
      await sleep(Math.max(0, due - Date.now()))
    }
    await publisher.publish(plan.rest())
  }
  const running = run()
  return {
    ...publisher,
    stop: async () => {
      stopping = true
      await running
    },
    reached: async (publishes) => { while (published < publishes && !stopping) await sleep(LOOK_EVERY_MS) },
  }
}

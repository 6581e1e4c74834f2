import { startIngestProcess } from '../../adapters/main/ingest.ts'
import { readSettings } from '../../adapters/main/settings.ts'
import { runUntilStopped } from '../../adapters/main/shutdown.ts'
import { token } from '../../adapters/main/tokens.ts'
import { rightOf } from './right-of.ts'

/** Marks of the events that this process dies of: while one is read, while one is applied, while nothing else can be done any more. */
export const DEADLY = { read: '666', applied: 'deadly', endless: 'endless' } as const

/**
 * The real ingest, but for events that kill it, as an out-of-memory or a native crash would: run as a program by
 * test/e2e/process-killer.test.ts, `node test/support/deadly-ingest.ts`.
 */
export const runDeadlyIngest = async (): Promise<never> => {
  const running = await startIngestProcess(await rightOf(async () => readSettings(process.env)), (container) => {
    container.onActivation(token.contactIdOf, (_, contactIdOf) => (company, agent, phone) => {
      if (phone === DEADLY.read) process.abort()
      return contactIdOf(company, agent, phone)
    })
    container.onActivation(token.handleBatch, (_, handle) => (batch) => {
      if (batch.some(({ id }) => id === DEADLY.applied)) process.abort()
      while (batch.some(({ id }) => id === DEADLY.endless));
      return handle(batch)
    })
  })
  return runUntilStopped(running)
}

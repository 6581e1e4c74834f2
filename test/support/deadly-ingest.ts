import { startIngestProcess } from '../../adapters/main/ingest.ts'
import { readSettings } from '../../adapters/main/settings.ts'
import { runUntilStopped } from '../../adapters/main/shutdown.ts'
import { token } from '../../adapters/main/tokens.ts'
import { DEADLY } from './deadly.ts'
import { rightOf } from './right-of.ts'

/**
 * A program: the real ingest, but for events that kill it while they are read, or applied, as a native crash would, or that
 * make it loop for ever (test/e2e/process-killer.test.ts).
 */
const settings = await rightOf(async () => readSettings(process.env))

await runUntilStopped(await startIngestProcess(settings, (container) => {
  container.onActivation(token.contactIdOf, (_, contactIdOf) => (company, agent, phone) => {
    if (phone === DEADLY.read) process.abort()
    return contactIdOf(company, agent, phone)
  })
  container.onActivation(token.handleBatch, (_, handle) => (batch) => {
    if (batch.some(({ id }) => id === DEADLY.applied)) process.abort()
    while (batch.some(({ id }) => id === DEADLY.endless));
    return handle(batch)
  })
}))

import pg from 'pg'

const EVERY_MS = 1_000

/**
 * A failure that the broker was to deliver again, and whose count it lost in a restart, is taken over by the retry worker an hour
 * later: here the hour passes after seconds. Answers how to let time go its own way again.
 */
export const letHoursPass = async (databaseUrl: string): Promise<() => Promise<void>> => {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const pass = (): Promise<unknown> => client.query(`update daisi.failed_events set next_retry_at = next_retry_at - interval '2 hours'
    where status = 'retrying' and last_failed_at < now() - interval '5 seconds' and next_retry_at > now() - interval '1 hour'`)
  let passing: Promise<unknown> = Promise.resolve()
  const timer = setInterval(() => { passing = pass() }, EVERY_MS)
  return async () => {
    clearInterval(timer)
    await passing
    await client.end()
  }
}

import { Client } from 'pg'

/** What a checkpoint leaves for the rounds that follow it; filled once, in some ten seconds. */
const WAL_MB = 3_072
const MESSAGES_PER_STATEMENT = 48
const BYTES_PER_MB = 1_048_576

/** So that a checkpoint keeps all of it for what comes. */
export const WAL_SETTINGS = { max_wal_size: '8GB', min_wal_size: `${WAL_MB}MB` }

/**
 * Write-ahead log for later, as a server has it that has run for a while: one that is new fills each segment with zeros and syncs it while
 * all commits wait (measured, ADR 0013: an import stored 11,300 messages a second and stood still for 0.1 s every 0.5 s; 15,200 with it).
 */
export const recycleWal = async (databaseUrl: string): Promise<void> => {
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  for (let written = 0; written < WAL_MB; written += MESSAGES_PER_STATEMENT)
    await client.query("select pg_logical_emit_message(false, 'bench', repeat('x', $1)) from generate_series(1, $2)",
      [BYTES_PER_MB, MESSAGES_PER_STATEMENT])
  await client.query('checkpoint')
  await client.end()
}

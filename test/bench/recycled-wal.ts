import { Client } from 'pg'

const MESSAGES_PER_STATEMENT = 48
const BYTES_PER_MB = 1_048_576

/** So that a checkpoint keeps `mb` of it for what comes, and none comes by itself before that is written. */
export const walSettings = (mb: number) => ({ max_wal_size: `${3 * mb}MB`, min_wal_size: `${mb}MB` })

/**
 * Write-ahead log for later, `mb` of it, some 300 MB a second, as a server has it that has run for a while: one that is new fills each
 * segment with zeros and syncs it while all commits wait (measured, ADR 0013: an import stored 11,300 messages a second and stood still for
 * 0.1 s every 0.5 s; 15,200 with it).
 */
export const recycleWal = async (databaseUrl: string, mb: number): Promise<void> => {
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  for (let written = 0; written < mb; written += MESSAGES_PER_STATEMENT)
    await client.query("select pg_logical_emit_message(false, 'bench', repeat('x', $1)) from generate_series(1, $2)",
      [BYTES_PER_MB, MESSAGES_PER_STATEMENT])
  await client.query('checkpoint')
  await client.end()
}

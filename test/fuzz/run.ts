import { Command } from 'commander'
import { startEmbedded } from '../support/embedded-servers.ts'
import { openDatabase } from '../support/open-database.ts'
import type { Fates } from './account.ts'
import { decodingAndDeciding, intoPostgres, throughThePipeline, type Stage } from './stages.ts'

/**
 * A program: `npm run test:fuzz`. Mutated bodies through decoding, deciding and storing: nothing throws, each event is applied,
 * changes nothing, or is kept byte for byte. Fails at the first that is not, with the smallest body that shows it. Its last
 * line is one JSON object.
 */
interface Options { readonly bodies: string; readonly pipeline: string; readonly postgres: string; readonly seed: string }

const MS_PER_SECOND = 1_000
const rejections: unknown[] = []
process.on('unhandledRejection', (cause) => { rejections.push(cause) })

const perform = async (name: string, stage: Stage, bodies: number, seed: number): Promise<Fates> => {
  const begun = performance.now()
  const fates = await stage({ bodies, seed })
  if (rejections.length > 0) throw new Error(`${name}: ${rejections.length} unhandled rejections`, { cause: rejections[0] })
  process.stdout.write(`${name}: ${JSON.stringify(fates)} in ${((performance.now() - begun) / MS_PER_SECOND).toFixed(1)} s\n`)
  return fates
}

const sum = (fates: Fates): number => fates.applied + fates.unchanged + fates.partial + fates.refused

/** The server that is named, else one of its own. */
const withServer = async <A>(work: () => Promise<A>): Promise<A> => {
  if ((process.env['TEST_DATABASE_URL'] ?? '') !== '') return work()
  const servers = await startEmbedded()
  process.env['TEST_DATABASE_URL'] = servers.databaseUrl
  try {
    return await work()
  } finally {
    await servers.stop()
  }
}

const fuzz = async ({ bodies, pipeline, postgres, seed: given }: Options): Promise<void> => {
  const seed = Number(given)
  const decoded = await perform('decode, handle, store', decodingAndDeciding, Number(bodies), seed)
  const piped = await perform('through the pipeline', throughThePipeline, Number(pipeline), seed)
  const stored = await withServer(async () => {
    const database = await openDatabase()
    try {
      return await perform('into PostgreSQL', intoPostgres(database), Number(postgres), seed)
    } finally {
      await database.close()
    }
  })
  const figures = { bodies: sum(decoded), pipelineBodies: sum(piped), postgresBodies: sum(stored), throws: 0, unhandledRejections: 0,
    unaccounted: 0, applied: decoded.applied, unchanged: decoded.unchanged, partial: decoded.partial, refused: decoded.refused,
    postgresDataErrors: 0 }
  process.stdout.write(`${JSON.stringify({ suite: 'fuzz', figures, seed })}\n`)
}

const program = new Command('fuzz').description('mutated bodies through the service')
  .option('--bodies <n>', 'through decoding and memory', '100000').option('--pipeline <n>', 'through the pipeline', '5000')
  .option('--postgres <n>', 'into PostgreSQL', '3000').option('--seed <n>', 'of the bodies', String(Date.now() % 2 ** 31))
  .action(fuzz)

try {
  await program.parseAsync()
} catch (failure) {
  process.stderr.write(`${failure instanceof Error ? failure.message : String(failure)}\n`)
  process.exitCode = 1
}

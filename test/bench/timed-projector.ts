import * as TE from 'fp-ts/lib/TaskEither.js'
import { writeFileSync } from 'node:fs'
import { startProjectProcess } from '../../adapters/main/project.ts'
import { readSettings } from '../../adapters/main/settings.ts'
import { runUntilStopped } from '../../adapters/main/shutdown.ts'
import { token } from '../../adapters/main/tokens.ts'
import type { ReadModelStore } from '../../application/ports/read-model-store.ts'
import { rightOf } from '../support/right-of.ts'
import { SENT_AT } from './commits.ts'

/**
 * A program: the real projector, which writes at its end when each message of `steady-publisher.ts` was sent and how long it took until
 * readers saw it: JSON of pairs `[sent at, ms]` in the file that BENCH_LATENCIES names.
 */
const settings = await rightOf(async () => readSettings(process.env))
const file = process.env['BENCH_LATENCIES'] ?? ''

const samples: (readonly [sentAt: number, ms: number])[] = []
process.once('exit', () => { writeFileSync(file, JSON.stringify(samples)) })

const note = (ids: ReadonlyArray<string>): void => {
  const now = Date.now()
  for (const id of ids) {
    const sentAt = Number(SENT_AT.exec(id)?.[1])
    samples.push([sentAt, now - sentAt])
  }
}

await runUntilStopped(await startProjectProcess(settings, (container) => {
  container.onActivation(token.readModels, (_, store): ReadModelStore => ({ ...store,
    advance: (name, advance) => TE.map((moved: boolean) => {
      if (moved && name === 'message_timeline') note(advance.rows.map(({ key }) => key.id))
      return moved
    })(store.advance(name, advance)),
  }))
}))

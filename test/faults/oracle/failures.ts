import { setTimeout as sleep } from 'node:timers/promises'
import type { Look } from './actual.ts'
import { WHOLE_EVENT } from './ledger.ts'
import type { ExpectedFailure, FailurePlace } from './observation.ts'
import type { Row, Rows } from './rows.ts'
import { readStreams } from './stored.ts'

type Place = Omit<FailurePlace, 'sequence'>

const keyOf = ({ company, stream, sequence, item }: Place & { readonly sequence: number | string }): string =>
  `${company} ${stream} ${sequence} ${item}`

export const expectedFailures = (failures: ReadonlyArray<ExpectedFailure>): Rows =>
  new Map(failures.map((failure) =>
    [keyOf(failure), { reason: failure.reason, subject: failure.subject, body: failure.body, status: 'exhausted' }]))

interface FailureRow extends Place { readonly sequence: string; readonly row: Row & { readonly status: string } }

const openFailures = ({ rows }: Look): Promise<ReadonlyArray<FailureRow>> => rows<FailureRow>(
  `select company_id as company, stream, sequence::text, item, jsonb_build_object('reason', reason, 'subject', subject, 'status', status,
     'body', translate(encode(body, 'base64'), E'\\n', '')) as row from daisi.failed_events where status <> 'resolved'`)

const LOOK_EVERY_MS = 500
const SETTLED_WITHIN_MS = 60_000

/**
 * What the service keeps of what it could not apply; bodies as base64. A process that was frozen may still run what another has settled
 * meanwhile, of which the broker knows nothing; its row says so for as long as that takes, and not for ever.
 */
export const actualFailures = async (look: Look): Promise<Rows> => {
  let found = await openFailures(look)
  for (const end = Date.now() + SETTLED_WITHIN_MS; found.some(({ row }) => row.status === 'retrying') && Date.now() < end;) {
    await sleep(LOOK_EVERY_MS)
    found = await openFailures(look)
  }
  return new Map(found.map((one) => [keyOf(one), one.row]))
}

/** What operators see is in step (contract 6.4). */
export const exhaustedProblems = async ({ number }: Look): Promise<ReadonlyArray<string>> => {
  const apart = await number(`select count(*) from (select company_id, id from daisi.failed_events where status = 'exhausted') f
    full join (select * from daisi.exhausted_events where not resolved) e on e.company_id = f.company_id and e.id = f.id where f.id is null or e.id is null`)
  return apart === 0 ? [] : [`${apart} rows of exhausted_events and failed_events do not belong to each other`]
}

/** Contract 6.1, with its ACCEPT fields. */
interface Letter {
  readonly source_stream: string
  readonly source_sequence: number
  readonly failed_items?: ReadonlyArray<{ readonly index: number }>
}

/** Each dead letter is copied to `v1.dlq.<company>` exactly once. */
export const letterProblems = async (natsUrl: string, failures: ReadonlyArray<FailurePlace>): Promise<ReadonlyArray<string>> => {
  const wanted = failures.map(keyOf).sort()
  const letters = (await readStreams(natsUrl, ['dlq_stream'])).map(({ subject, body }) => {
    const letter = JSON.parse(body.toString('utf8')) as Letter
    return keyOf({ company: subject.slice('v1.dlq.'.length), stream: letter.source_stream, sequence: letter.source_sequence,
      item: letter.failed_items?.[0]?.index ?? WHOLE_EVENT })
  }).sort()
  return JSON.stringify(wanted) === JSON.stringify(letters) ? []
    : [`${letters.length} letters in the stream of dead letters, ${new Set(letters).size} different ones, ${wanted.length} expected`]
}

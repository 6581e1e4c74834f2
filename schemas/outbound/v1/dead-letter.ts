import * as t from 'io-ts'

const FailedItem = t.type({ index: t.number, reason: t.string, pointer: t.string })

const Head = t.intersection([
  t.type({
    source_subject: t.string, company: t.string, error: t.string, error_type: t.union([t.literal('fatal'), t.literal('retryable')]),
    retry_count: t.number, max_retry: t.number, ts: t.string, source_stream: t.string, source_sequence: t.number,
  }),
  t.partial({ failed_items: t.readonlyArray(FailedItem) }),
])

/** What is said about a dead letter beside its body. */
export type DeadLetterHead = t.TypeOf<typeof Head>

/** `v1.dlq.<company>` (contract 6.1): the body as it was, as base64 where it is not JSON, or left out where it is too large. */
export const DeadLetter = t.intersection([Head, t.union([
  t.type({ original_payload: t.unknown }), t.type({ original_payload_base64: t.string }),
  t.type({ original_payload_omitted: t.literal(true) }),
])])

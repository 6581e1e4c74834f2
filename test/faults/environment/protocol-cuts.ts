/** Whether `chunk` ends a watched command; keeps what it needs of earlier chunks. */
export type Watch = (chunk: Buffer) => boolean

/** Longer than any command looked for, subject included. */
const TAIL_BYTES = 1_024

/** Finds each occurrence once, also one that is spread over two chunks. */
const watchFor = (pattern: RegExp): Watch => {
  let tail = ''
  return (chunk) => {
    const text = tail + chunk.toString('latin1')
    const last = [...text.matchAll(pattern)].at(-1)
    tail = text.slice(Math.max(last === undefined ? 0 : last.index + last[0].length, text.length - TAIL_BYTES))
    return last !== undefined
  }
}

/** A simple query, or a statement to be parsed, that is COMMIT (PostgreSQL manual, frontend messages Query and Parse). */
export const watchForCommit = (): Watch => watchFor(/(?:Q[^]{4}|P[^]{4}\0)commit;?\0/gi)

/** An acknowledgement of JetStream: a publish to the message's reply subject (NATS client protocol). */
export const watchForAck = (): Watch => watchFor(/PUB \$JS\.ACK\.[^\r]+\r\n(?:NATS\/1\.0\r\n(?:[^\r]+\r\n)*\r\n)?(?:\+ACK)?\r\n/g)

import * as E from 'fp-ts/lib/Either.js'
import type { IncomingMessage } from 'node:http'
import type { Refused } from './answer.ts'
import { MOST_BODY_BYTES, tooLarge } from './request-gate.ts'

const NO_TEXT: Refused = { status: 400, code: 'BAD_REQUEST', message: 'The body must be UTF-8.' }
const CUT_OFF: Refused = { status: 400, code: 'BAD_REQUEST', message: 'The body ended early.', headers: { connection: 'close' } }

const decoded = (bytes: Buffer): E.Either<Refused, string> =>
  E.tryCatch(() => new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes), () => NO_TEXT)

/** Reads no further than the limit, however long the body says it is or goes on (bad inputs H1, H10). */
export const readBody = (request: IncomingMessage): Promise<E.Either<Refused, string>> => {
  const { promise, resolve } = Promise.withResolvers<E.Either<Refused, string>>()
  const chunks: Buffer[] = []
  let bytes = 0
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes <= MOST_BODY_BYTES) return chunks.push(chunk)
    request.pause()
    resolve(E.left(tooLarge))
  })
  request.once('end', () => { resolve(decoded(Buffer.concat(chunks))) })
  request.once('error', () => { resolve(E.left(CUT_OFF)) })
  request.once('close', () => { resolve(E.left(CUT_OFF)) })
  return promise
}

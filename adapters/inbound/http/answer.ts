import type { Either } from 'fp-ts/lib/Either.js'

/** Why a request gets no answer from the API; the message quotes nothing of it. */
export interface Refused {
  readonly status: number
  readonly code: string
  readonly message: string
  readonly headers?: Readonly<Record<string, string>>
}

/** A request to the API whose head has passed the gate. */
export interface ApiRequest {
  readonly method: string
  /** What follows `?` in its target. */
  readonly query: string
  /** By lower-case name; a header that came twice holds both, joined by a comma. */
  readonly headers: Readonly<Record<string, string | undefined>>
  /** Reads the body, which may be too large or no UTF-8. */
  readonly body: () => Promise<Either<Refused, string>>
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal
}

export interface ApiAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Never rejects. */
export type Answer = (request: ApiRequest) => Promise<ApiAnswer>

/** In the shape of a GraphQL answer, so that a client needs one way to read errors. */
export const refusedAnswer = ({ status, code, message, headers }: Refused): ApiAnswer => ({
  status, headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  body: JSON.stringify({ errors: [{ message, extensions: { code } }] }),
})

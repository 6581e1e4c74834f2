import { AsyncLocalStorage } from 'node:async_hooks'
import type { Socket } from 'node:net'
import type { Client, PoolClient } from 'pg'

const signals = new AsyncLocalStorage<AbortSignal>()

/** Statements that `work` sends are ended when the signal is aborted: so are their connections. */
export const endedWith = <A>(signal: AbortSignal | undefined, work: () => Promise<A>): Promise<A> =>
  (signal === undefined ? work() : signals.run(signal, work))

interface Connected { readonly connection: { readonly stream: Socket } }

/** At once: a client that pipelines would wait for the answers of all that it has sent. */
const end = (client: PoolClient): void => {
  (client as unknown as Client).end(() => undefined);
  (client as unknown as Connected).connection.stream.destroy()
}

const TIMED_OUT = 'Query read timeout'

/**
 * A statement that nobody waits for any more, or that timed out on our side, may still run, and inside its transaction; in the
 * pool its connection would hand that to the next borrower. So the connection is ended, the pool drops it, and the server,
 * which looks after its client once a second (in-role.ts), ends the statement. A cancel request instead could hit the next
 * statement of the connection, and does not know which one that is behind a pooler.
 */
export const endWithItsStatement = (client: PoolClient): void => {
  const send = client.query.bind(client) as (...args: ReadonlyArray<unknown>) => unknown
  Object.assign(client, { query: (...args: ReadonlyArray<unknown>): unknown => {
    const sent = send(...args)
    if (!(sent instanceof Promise)) return sent
    const signal = signals.getStore()
    const onAbort = (): void => { end(client) }
    signal?.addEventListener('abort', onAbort, { once: true })
    sent.catch((cause: unknown) => { if (cause instanceof Error && cause.message === TIMED_OUT) end(client) })
      .finally(() => { signal?.removeEventListener('abort', onAbort) })
    return sent
  } })
}

import type * as E from 'fp-ts/lib/Either.js'
import type { Transactions } from '../../application/ports/transactions.ts'
import type { OpenReads, Reads } from '../../application/ports/finders.ts'

type Run = () => Promise<E.Either<unknown, unknown>>

/** What is done around an operation of a port, named `port.operation`; it passes on what `run` gives or throws. */
export type Around = (operation: string, run: Run) => ReturnType<Run>

type Operation = (...args: ReadonlyArray<unknown>) => unknown

const surrounded = (name: string, operation: Operation, around: Around): Operation => (...args) => {
  const work = operation(...args)
  return typeof work === 'function' ? () => around(name, work as Run) : work
}

/** The port, with `around` around each of its operations (style guide 7): what gives a TaskEither. The rest of it stays as it is. */
export const aroundPort = <P extends object>(name: string, port: P, around: Around): P =>
  Object.fromEntries(Object.entries(port).map(([key, value]: [string, unknown]) =>
    [key, typeof value === 'function' ? surrounded(`${name}.${key}`, value as Operation, around) : value])) as P

/** The transaction as a whole, and what is loaded and saved inside it. */
export const aroundTransactions = ({ transact }: Transactions, around: Around): Transactions => aroundPort('transactions', {
  transact: (scope, work) => transact(scope, (tx) => work(aroundPort('transaction', tx, around))),
} satisfies Transactions, around)

/** One after the other, the first outermost. */
export const allAround = (arounds: ReadonlyArray<Around>): Around => (operation, run) =>
  arounds.reduceRight<Run>((inner, around) => () => around(operation, inner), run)()

/** Every finder of a request's reads. */
export const aroundReads = (open: OpenReads, around: Around): OpenReads => (companyId, limits) => {
  const { close, ...finders } = open(companyId, limits)
  const all = Object.entries(finders).map(([name, finder]: [string, object]) => [name, aroundPort(name, finder, around)])
  return { ...Object.fromEntries(all) as Omit<Reads, 'close'>, close }
}

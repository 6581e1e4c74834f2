import { Command, InvalidArgumentError, Option } from 'commander'
import * as E from 'fp-ts/lib/Either.js'
import { parseCompanyId, type CompanyId } from '../../../../domain/company.ts'
import { NOBODY } from '../../../../application/ports/failed-events.ts'

/** Exit codes of `daisi dlq`, told in its help. */
export const EXIT = { refused: 1, usage: 2, unfinished: 3 } as const

const EXIT_CODES = `
Exit codes: 0 done; 1 refused, not found, or an event failed again; 2 wrong usage; 3 the job goes on, but was not waited for to its end.`

/** A command whose wrong use ends with `EXIT.usage`. */
export const operatorCommand = (name: string, description: string, exitCodes: string): Command => new Command(name).description(description)
  .showHelpAfterError('(run with --help to see what is possible)').addHelpText('after', exitCodes)
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : EXIT.usage))

export const dlqCommand = (name: string, description: string): Command => operatorCommand(name, description, EXIT_CODES)

export const wrongUsage = (command: Command, message: string): never => command.error(`error: ${message}`)

export type Company = CompanyId | typeof NOBODY

const toCompany = (text: string): Company => {
  if (text === NOBODY) return NOBODY
  const companyId = parseCompanyId(text)
  if (E.isLeft(companyId)) throw new InvalidArgumentError('A company id has 1 to 48 letters, digits, _ or -; * is for events without one.')
  return companyId.right
}

export const companyOption = (): Option => new Option('--company <id>', 'of this company only').argParser(toCompany)

export const jsonOption = (): Option => new Option('--json', 'for programs: one JSON document on standard output').default(false)

/** A whole number within [least, most]. */
export const toNumber = (least: number, most = Number.MAX_SAFE_INTEGER) => (text: string): number => {
  const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN
  if (value >= least && value <= most) return value
  throw new InvalidArgumentError(`It must be a whole number of at least ${least}${most < Number.MAX_SAFE_INTEGER ? ` and at most ${most}` : ''}.`)
}

export const toIds = (text: string, before: ReadonlyArray<number> = []): ReadonlyArray<number> => [...before, toNumber(1)(text)]

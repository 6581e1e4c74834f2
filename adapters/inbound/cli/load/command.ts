import { InvalidArgumentError, Option, type Command } from 'commander'
import * as E from 'fp-ts/lib/Either.js'
import { parseCompanyId } from '../../../../domain/company.ts'
import type { LoadOptions } from '../../../main/load/load-options.ts'
import { nearest } from '../../../main/nearest.ts'
import { eventNames, type EventName } from '../../nats/subjects.ts'
import { jsonOption, operatorCommand, toNumber } from '../dlq/command.ts'

/** Exit codes of `daisi load`, told in its help; wrong usage ends with 2. */
export const EXIT = { done: 0, failed: 1 } as const

/** What a company of a load is called where nobody says otherwise. */
const PREFIX = 'load'
const MOST_COMPANIES = 10_000
const LONGEST_INDEX = String(MOST_COMPANIES - 1).length
const DEFAULT_SUBJECTS: ReadonlyArray<EventName> = ['v1.messages.upsert', 'v1.messages.update', 'v1.chats.upsert', 'v1.chats.update']

const HELP = `
It publishes events of companies that it makes up, at a steady rate, and follows each through the log and the projections, until all is
readable or --wait is over. It loads the service of NATS_URL and DATABASE_URL, or the one that \`daisi start\` runs here. What it published
stays: its companies are named <prefix>-0, <prefix>-1 and so on.

Latencies run from the call that publishes to when another session sees the commit, or sees that every projection has it; both are looked
at every 25 ms. Measured are fresh events with an effect; duplicates and poison are counted. The first events of a new company wait
until ingest has found it, up to a second.

In production it needs --company-prefix and --yes.

Exit codes:
  0   all was published, applied and readable, and only the poison became dead letters
  1   something was refused or not done within --wait, or there is no service to load
  2   wrong usage
  78  the settings are wrong

Examples:
  daisi load                                              100 events a second for 10 s
  daisi load --rate 2000 --duration 60 --companies 500    a busy minute
  daisi load --subjects v1.history.messages --rate 20 --history-size 500
  daisi load --duplicates 10 --disorder 20 --poison 1 --json | jq .publishToReadableMs`

const toSubject = (text: string, before: ReadonlyArray<EventName> = []): ReadonlyArray<EventName> => {
  const known = eventNames.find((event) => event === text)
  if (known === undefined) throw new InvalidArgumentError(`There is no such event; did you mean ${nearest(text, eventNames)}?`)
  return before === DEFAULT_SUBJECTS ? [known] : [...before, known]
}

const toPercent = (text: string): number => {
  const percent = /^\d{1,3}(\.\d{1,2})?$/.test(text) ? Number(text) : Number.NaN
  if (percent <= 100) return percent
  throw new InvalidArgumentError('It must be a percentage from 0 to 100.')
}

const toPrefix = (text: string): string => {
  if (E.isRight(parseCompanyId(`${text}-${'9'.repeat(LONGEST_INDEX)}`))) return text
  throw new InvalidArgumentError('A prefix has letters, digits, _ or -, and leaves room for a number within 48 characters.')
}

const MOST_RATE = 1_000_000
const MOST_SECONDS = 86_400

/** `daisi load` without its action. */
export const loadOptions = (): Command => operatorCommand('load',
  'publish a steady load and measure how long it takes to be stored and readable', HELP)
  .addOption(new Option('--subjects <events...>', 'which events, in equal shares').argParser(toSubject).default(DEFAULT_SUBJECTS,
    DEFAULT_SUBJECTS.join(' ')))
  .option('--rate <n>', 'events a second, of all companies together', toNumber(1, MOST_RATE), 100)
  .option('--duration <seconds>', 'how long it publishes', toNumber(1, MOST_SECONDS), 10)
  .option('--concurrency <n>', 'publishes that wait for the broker at a time', toNumber(1, 10_000), 256)
  .option('--companies <n>', 'companies, which take turns', toNumber(1, MOST_COMPANIES), 10)
  .addOption(new Option('--company-prefix <text>', 'how their ids begin').argParser(toPrefix).default(PREFIX))
  .option('--history-size <n>', 'items of each history event', toNumber(1, 1_000), 100)
  .option('--duplicates <percent>', 'of the events are published again', toPercent, 0)
  .option('--disorder <percent>', 'of the events come up to 20 turns late', toPercent, 0)
  .option('--poison <percent>', 'of the events cannot be applied', toPercent, 0)
  .option('--seed <n>', 'the same seed makes the same events', toNumber(0, 4_294_967_295), 1)
  .option('--wait <seconds>', 'how long it waits for the last to be readable', toNumber(0, MOST_SECONDS), 60)
  .option('--yes', 'load a service that runs in production', false)
  .addOption(jsonOption())

/** As commander gives them. */
export interface GivenOptions extends Pick<LoadOptions, 'subjects' | 'concurrency' | 'companies' | 'companyPrefix' | 'historySize'
  | 'duplicates' | 'disorder' | 'poison' | 'seed'> {
  readonly rate: number
  readonly duration: number
  readonly wait: number
  readonly yes: boolean
  readonly json: boolean
}

export const toLoadOptions = ({ rate, duration, wait, yes: _yes, json: _json, ...same }: GivenOptions): LoadOptions =>
  ({ ...same, perSecond: rate, seconds: duration, waitSeconds: wait })

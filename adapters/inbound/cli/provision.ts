import { Command, InvalidArgumentError } from 'commander'
import * as E from 'fp-ts/lib/Either.js'
import { runProvision, runTrim, type Trimmed } from '../../main/provision.ts'
import type { Settings } from '../../main/settings.ts'
import type { Provisioned } from '../nats/provision-streams.ts'
import { parseProducer, producerUser } from '../nats/producer-user.ts'
import { usesOf } from '../../main/uses.ts'
import { settingsOrExit } from './read-settings.ts'

const DEFAULT_COMPANIES = 5_000
const MOST_REPLICAS = 5

const EXAMPLES = `
Examples:
  daisi provision --companies 2000 --replicas 3 --max-bytes 100000000000
  daisi provision trim --yes
  daisi provision users ACME=UDX…

It connects with NATS_URL and the NATS login of a provisioner (ops/nats/nats-server.conf).`

const wholeNumber = (most: number) => (given: string): number => {
  const value = /^\d{1,15}$/.test(given) ? Number(given) : Number.NaN
  if (!(value >= 1 && value <= most)) throw new InvalidArgumentError(`a whole number from 1 to ${most} is expected`)
  return value
}

const connectable = (command: Command, work: 'provision' | 'trim'): Settings => {
  const settings = settingsOrExit(usesOf[work])
  if (settings.natsUrl === undefined) command.error('NATS_URL is not set')
  if (work === 'trim' && settings.databaseUrl === undefined) command.error('DATABASE_URL is not set')
  return settings
}

/** The cause's own words, without a trace: a refused login or a refused right says what it is. */
const orComplain = <A>(command: Command, work: Promise<A>): Promise<A> =>
  work.catch((cause: unknown) => command.error(cause instanceof Error ? cause.message : String(cause)))

const provisionedText = ({ stream, made, drift }: Provisioned): string => {
  if (made) return `${stream}: made`
  return drift.length === 0 ? `${stream}: is there, as it should be` : [`${stream}: is there and left as it is, but`, ...drift.map(({ what, change }) => `${what}: ${change}`)].join('\n  ')
}

interface ProvisionOptions { readonly companies: number; readonly replicas: number; readonly maxBytes?: number }

const makeStreams = async ({ companies, replicas, maxBytes }: ProvisionOptions, command: Command): Promise<void> => {
  const provisioned = await orComplain(command, runProvision(connectable(command, 'provision'), { companies, replicas, maxBytes }))
  for (const each of provisioned) process.stdout.write(`${provisionedText(each)}\n`)
  if (provisioned.some(({ drift }) => drift.length > 0)) process.exitCode = 1
}

const trimmedText = ({ stream, messages, upTo, keptBy, purged }: Trimmed, purges: boolean): string => {
  const what = purges ? `${purged} messages purged` : `${messages} messages can go`
  return `${stream}: ${what}${upTo === 0 ? '' : `, up to sequence ${upTo}`}${keptBy === undefined ? '' : `; the rest is kept by ${keptBy}`}`
}

const trimStreams = async ({ yes }: { readonly yes?: true }, command: Command): Promise<void> => {
  const purges = yes === true
  const trimmed = await orComplain(command, runTrim(connectable(command, 'trim'), purges))
  for (const each of trimmed) process.stdout.write(`${trimmedText(each, purges)}\n`)
  if (!purges) process.stdout.write('nothing was purged; --yes does it\n')
}

/** Not by commander's own parsing, which would quote a secret given by mistake. */
const printUsers = (given: ReadonlyArray<string>, command: Command): void => {
  const producers = given.map(parseProducer)
  const wrong = producers.find(E.isLeft)
  if (wrong !== undefined) command.error(wrong.left)
  process.stdout.write(producers.flatMap((producer) => (E.isRight(producer) ? [producerUser(producer.right)] : [])).join(''))
}

const trimCommand = (): Command => new Command('trim')
  .description('purge what all companies have settled, so that full streams take events again; says what would go')
  .option('--yes', 'do it')
  .action((options: { readonly yes?: true }, command: Command) => trimStreams(options, command))

const usersCommand = (): Command => new Command('users')
  .description('print what producers of companies may do, to be pasted into `users` of nats-server\'s configuration')
  .argument('<company...>', 'company id, or company=<public nkey or bcrypt hash>')
  .action((companies: ReadonlyArray<string>, _: object, command: Command) => { printUsers(companies, command) })

/** `daisi provision`: makes the streams; `trim` and `users` below it (design 4, ADR 14). Exit code 1: streams differ. */
export const provisionCommand = (): Command => new Command('provision')
  .description('make the streams of NATS; those that are there are compared and never changed')
  .option('--companies <n>', 'make room for the durables of so many companies', wholeNumber(1_000_000), DEFAULT_COMPANIES)
  .option('--replicas <n>', 'copies of each stream; 3 in a cluster', wholeNumber(MOST_REPLICAS), 1)
  .option('--max-bytes <n>', 'limit each stream of events, and refuse publishers beyond', wholeNumber(Number.MAX_SAFE_INTEGER))
  .addHelpText('after', EXAMPLES)
  .action((options: ProvisionOptions, command: Command) => makeStreams(options, command))
  .addCommand(trimCommand())
  .addCommand(usersCommand())

import { connect } from '@nats-io/transport-node'
import { Command } from 'commander'
import { parseCompanyId, type CompanyId } from '../../../domain/company.ts'
import * as E from 'fp-ts/lib/Either.js'
import { runEverything, type Everything } from '../../main/everything.ts'
import { chance } from '../../main/sample/chance.ts'
import { publishSample } from '../../main/sample/publish-sample.ts'
import { agentEvents, historyEvents, liveEvents, type SampleEvent } from '../../main/sample/sample-events.ts'
import { samplePeople } from '../../main/sample/sample-people.ts'
import { runUntilStopped } from '../../main/shutdown.ts'
import { askQuery, type DemoQuery } from './demo-query.ts'
import { printAnswer, printStored } from './demo-report.ts'
import { progressBars } from './progress-bars.ts'
import { settingsOrExit } from './read-settings.ts'

const CONTACTS = 40
const CHATS = 60
const HISTORY_MESSAGES = 5_000
const LIVE_MESSAGES = 600
/** The projector must have caught up by then; the sample takes seconds. */
const READABLE_WITHIN_MS = 120_000
const LOOK_EVERY_MS = 250

interface DemoOptions { readonly exit: boolean; readonly company: string; readonly seed: string }

const publishParts = async (
  { settings }: Everything, companyId: CompanyId, parts: Readonly<Record<string, ReadonlyArray<SampleEvent>>>,
): Promise<void> => {
  const bars = progressBars()
  const connection = await connect({ servers: settings.natsUrl.split(',') })
  for (const [title, events] of Object.entries(parts)) {
    const bar = bars.add(title, events.length)
    await publishSample(connection, companyId, events, bar.advance)
  }
  await connection.close()
  bars.stop()
}

/** Waits, with a bar, until the read side shows every message that was published. */
const readable = async (query: DemoQuery, messages: number): Promise<void> => {
  const bars = progressBars()
  const bar = bars.add('readable', messages)
  let shown = 0
  for (const end = Date.now() + READABLE_WITHIN_MS; shown < messages; await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))) {
    if (Date.now() > end) throw new Error(`after ${READABLE_WITHIN_MS / 1_000} s only ${shown} of ${messages} messages can be read`)
    const now = (await query.totals()).messageCount
    bar.advance(now - shown)
    shown = now
  }
  bars.stop()
}

const show = async (everything: Everything, companyId: CompanyId, seed: number): Promise<void> => {
  const source = chance(seed)
  const people = samplePeople(source, { contacts: CONTACTS, chats: CHATS })
  const now = Math.floor(Date.now() / 1_000)
  const query = await askQuery(everything, companyId)
  const before = (await query.totals()).messageCount
  const history = historyEvents(source, people, HISTORY_MESSAGES, now)
  await publishParts(everything, companyId, {
    'agents pair': agentEvents(people), 'history': history, 'live traffic': liveEvents(source, people, LIVE_MESSAGES, now) })
  await readable(query, before === 0 ? HISTORY_MESSAGES + LIVE_MESSAGES : before + LIVE_MESSAGES)
  printStored(await query.totals(), process.stdout)
  printAnswer(await query.inbox(), process.stdout)
}

/** `daisi demo`: everything embedded, a realistic company published over NATS and read back over GraphQL. */
export const demoCommand = (): Command => new Command('demo')
  .description('start everything here, publish a sample company over NATS and read it back over GraphQL')
  .option('--exit', 'end when done instead of staying up', false)
  .option('--company <id>', 'company id of the sample', 'DEMO')
  .option('--seed <n>', 'seed of the sample data', '1')
  .action(async ({ exit, company, seed }: DemoOptions, command: Command) => {
    const companyId = parseCompanyId(company)
    if (E.isLeft(companyId) || !/^\d{1,9}$/.test(seed)) return command.error('--company takes a company id, --seed a whole number')
    const everything = await runEverything(settingsOrExit(), process.stderr)
    try {
      await show(everything, companyId.right, Number(seed))
    } catch (cause) {
      await everything.stop()
      throw cause
    }
    if (exit) {
      await everything.stop()
      process.exit(0)
    }
    process.stdout.write(`\nGraphiQL: ${everything.graphqlUrl}\nauthorization header for it: run \`npm run daisi -- token ${company}\`\nCtrl-C ends.\n`)
    await runUntilStopped(everything)
  })

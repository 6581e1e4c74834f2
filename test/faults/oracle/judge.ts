import { actualTables, openLook, type Look } from './actual.ts'
import { answerProblems, type Api } from './answers.ts'
import { modelOf, type Model } from './expected.ts'
import { actualFailures, exhaustedProblems, expectedFailures, letterProblems } from './failures.ts'
import { WHOLE_EVENT, type Entry } from './ledger.ts'
import { logVerdict } from './log-laws.ts'
import { placeOf, tellOf, type Told } from './observation.ts'
import { leftovers, untilQuiet, type Watched } from './quiet.ts'
import { differenceOf, type Difference, type Rows } from './rows.ts'
import { EVENT_STREAMS, readStreams } from './stored.ts'

/** An end of a process; `asked` undefined: nobody told it to. */
interface Exit { readonly name: string; readonly ending: string; readonly asked: string | undefined; readonly lastWords: string }

export interface Evidence extends Watched {
  readonly entries: ReadonlyArray<Entry>
  readonly exits: ReadonlyArray<Exit>
  /** What the processes of the service have logged. */
  readonly logs: ReadonlyArray<string>
  /** Planted in texts; must never be logged. */
  readonly canary: string
  readonly api?: Api
  readonly quietWithinMs: number
}

export interface Verdict {
  /** Accepted events, histories as one. */
  readonly events: number
  /** Accepted, and not found in what they must have led to. */
  readonly lost: number
  /** Facts, rows or failures that are there although they must not be. */
  readonly appliedTwice: number
  /** From the last publish, or the last fault, until nothing waited any more. */
  readonly quietAfterMs: number
  /** Everything that is not as it must be; empty when all is well. */
  readonly problems: ReadonlyArray<string>
}

const asRows = (keys: ReadonlySet<string>): Rows => new Map([...keys].map((key) => [key, { known: key.slice(key.indexOf(' ') + 1) }]))

const expectedTables = (model: Model): Readonly<Record<string, Rows>> => ({
  'daisi.messages': model.messages, 'daisi.chats': model.chats, 'daisi.contacts': model.contacts, 'daisi.agents': model.agents,
  'daisi.onboarding_log': model.onboardings, 'daisi.post_scan_syncs': model.syncs, 'daisi.contact_aliases': asRows(model.aliases),
  'daisi.early_facts': model.early, 'read.message_timeline': model.messages, 'read.chat_overview': model.chats,
  'read.contact_card': model.contacts, 'read.agent_board': model.agents, 'read.onboarding_list': model.onboardings,
  'read.company_totals': model.totals,
})

const differences = async (look: Look, model: Model, { failures }: Told): Promise<ReadonlyArray<Difference>> => {
  const actual = await actualTables(look)
  return [...Object.entries(expectedTables(model)).map(([name, rows]) => differenceOf(name, rows, actual[name] ?? new Map())),
    differenceOf('daisi.failed_events', expectedFailures(failures), await actualFailures(look))]
}

/** O7: nothing died except by our hand. */
const deathProblems = (exits: Evidence['exits']): ReadonlyArray<string> =>
  exits.filter(({ asked }) => asked === undefined).map(({ name, ending, lastWords }) => `${name} died by itself: ${ending}: ${lastWords}`)

/** O10. */
const logProblems = ({ logs, canary }: Evidence): ReadonlyArray<string> =>
  logs.flatMap((log) => log.split('\n').filter((line) => line.includes(canary))).slice(0, 3).map((line) => `logged: ${line}`)

const sum = (all: ReadonlyArray<Difference>, name: 'missing' | 'surplus' | 'different'): number =>
  all.reduce((total, difference) => total + difference[name], 0)

const judgeQuiet = async (look: Look, evidence: Evidence, quietAfterMs: number): Promise<Verdict> => {
  const told = tellOf(evidence.entries, await readStreams(evidence.natsUrl, EVENT_STREAMS))
  const model = modelOf(told)
  const differs = await differences(look, model, told)
  const refused = new Set(told.failures.filter(({ item }) => item === WHOLE_EVENT).map(placeOf))
  const log = await logVerdict(look, told.places, refused)
  return {
    events: told.places.size, quietAfterMs, lost: told.notKept + sum(differs, 'missing') + sum(differs, 'different'),
    appliedTwice: log.appliedTwice + sum(differs, 'surplus'),
    problems: [...told.problems, ...differs.flatMap(({ examples }) => examples), ...log.problems,
      ...await letterProblems(evidence.natsUrl, [...told.failures, ...told.passed]),
      ...await exhaustedProblems(look), ...await leftovers(look),
      ...(evidence.api === undefined ? [] : await answerProblems(evidence.api, model)), ...deathProblems(evidence.exits),
      ...logProblems(evidence)],
  }
}

/** Durables there must be: one for each stream that a company published into. */
const durablesOf = (entries: ReadonlyArray<Entry>): number =>
  new Set(entries.flatMap((entry) => (entry.type === 'intent'
    ? [`${entry.subject.startsWith('v1.history.') ? 'history' : 'realtime'} ${entry.subject.slice(entry.subject.lastIndexOf('.') + 1)}`] : []))).size

/**
 * Waits until all has come to rest, folds what was published by the rules of the contract, and compares it with everything that
 * the service has made of it (reliability 3.2 part 10). Knows nothing of the service's code.
 */
export const judge = async (evidence: Evidence): Promise<Verdict> => {
  const quietAfterMs = await untilQuiet(evidence, durablesOf(evidence.entries), evidence.quietWithinMs)
  const look = await openLook(evidence.databaseUrl)
  try {
    return await judgeQuiet(look, evidence, quietAfterMs)
  } finally {
    await look.close()
  }
}

import { Argument, type Command } from 'commander'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as E from 'fp-ts/lib/Either.js'
import { groupOf, groups } from '../../../../application/application.ts'
import type { Outcome } from '../../../../application/jobs/rebuild/rebuild.ts'
import type { Group } from '../../../../application/ports/generations.ts'
import type { ProjectionName } from '../../../../application/projections/read-models.ts'
import { NoSession } from '../../../main/operator-session.ts'
import { withRebuildSession, type RebuildSession } from '../../../main/rebuild-session.ts'
import { EXIT, jsonOption, operatorCommand, toNumber, wrongUsage } from '../dlq/command.ts'
import { ending } from '../dlq/session.ts'
import { usesOf } from '../../../main/uses.ts'
import { settingsOrExit } from '../read-settings.ts'
import { rebuildBars } from './bars.ts'
import { reportForMachines, reportForPeople, statusForMachines, statusForPeople, type Done } from './report.ts'

const HELP = `
Builds read models anew from the log beside those that are served, compares both, and exchanges them in one transaction; questions
are answered throughout. Stopped or killed, the same command goes on where it was. It connects as \`daisi migrate\` does.
message_timeline and chat_overview are built together. Without a projection it tells what stands beside the read models.

Exit codes: 0 done; 1 not switched: refused, differences, no room, or no database; 2 wrong usage.

Examples:
  daisi rebuild contact_card --dry-run         build and compare; a later run without it switches
  daisi rebuild --all --accept-differences     after a release that shows something new
  daisi rebuild contact_card --back            serve again what was served before
  daisi rebuild contact_card --drop            give its room back; there is no way back then`

interface Options {
  readonly all: boolean
  readonly dryRun: boolean
  readonly acceptDifferences: boolean
  readonly back: boolean
  readonly drop: boolean
  readonly sample: number
  readonly json: boolean
}

/** Contents of so many rows in a hundred; all of them take half a minute a million rows. */
const SAMPLE = 10

const orUnavailable = async <A>(task: TaskEither<unknown, A>): Promise<A> => {
  const result = await task()
  if (E.isLeft(result)) throw new NoSession('The database does not answer at the moment. Run it again: it goes on where it was.')
  return result.right
}

const doOne = ({ rebuild, takeBack, drop }: RebuildSession, group: Group, options: Options): TaskEither<unknown, Outcome> => {
  if (options.drop) return drop(group)
  const percent = options.sample
  return options.back ? takeBack(group, percent) : rebuild(group, { ...options, percent })
}

const FINE: ReadonlySet<Outcome['state']> = new Set(['switched', 'built', 'dropped'])

const doAll = async (wanted: ReadonlyArray<Group>, options: Options): Promise<number> => {
  const bars = rebuildBars()
  const done: Done[] = []
  try {
    await withRebuildSession(settingsOrExit(usesOf.rebuild), bars.onProgress, async (session) => {
      for (const group of wanted) {
        const began = performance.now()
        const outcome = await orUnavailable(doOne(session, group, options))
        done.push({ group, outcome, seconds: (performance.now() - began) / 1_000 })
      }
    })
  } finally {
    bars.stop()
    if (done.length > 0) process.stdout.write(options.json ? reportForMachines(done) : reportForPeople(done))
  }
  return done.every(({ outcome }) => FINE.has(outcome.state)) ? 0 : EXIT.refused
}

const status = (json: boolean): Promise<number> =>
  withRebuildSession(settingsOrExit(usesOf.rebuild), () => undefined, async ({ beside }) => {
  const all = []
  for (const group of groups) all.push({ group, beside: await orUnavailable(beside(group)) })
  process.stdout.write(json ? statusForMachines(all) : statusForPeople(all))
  return 0
})

const contradiction = (name: ProjectionName | undefined, { all, back, drop, dryRun, acceptDifferences }: Options): string | undefined => {
  if ((name !== undefined) === all) return 'say either a projection or --all'
  if ([back, drop, dryRun || acceptDifferences].filter(Boolean).length > 1)
    return 'say one of --back, --drop, and how to build: --dry-run, --accept-differences'
  return undefined
}

const asksWhatStands = (name: ProjectionName | undefined, { all, back, drop, dryRun, acceptDifferences }: Options): boolean =>
  name === undefined && ![all, back, drop, dryRun, acceptDifferences].includes(true)

const action = (name: ProjectionName | undefined, options: Options, command: Command): Promise<void> => {
  if (asksWhatStands(name, options)) return ending(options.json, () => status(options.json))
  const wrong = contradiction(name, options)
  if (wrong !== undefined) return wrongUsage(command, wrong)
  return ending(options.json, () => doAll(name === undefined ? groups : [groupOf(name)], options))
}

/** `daisi rebuild`: read models anew from the log, with nobody noticing (ADR 0020). */
export const rebuildCommand = (): Command => operatorCommand('rebuild', 'build a read model anew beside the old one, compare, switch', HELP)
  .addArgument(new Argument('[projection]', 'which read model').choices(groups.flat()))
  .option('--all', 'every read model, one after the other', false)
  .option('--dry-run', 'build and compare, do not switch', false)
  .option('--accept-differences', 'switch although the new one differs', false)
  .option('--back', 'serve again what a switch has replaced', false)
  .option('--drop', 'remove what stands beside: the old one, or one that is being built', false)
  .option('--sample <percent>', 'compare the contents of so many rows of each company; counts are of all', toNumber(1, 100), SAMPLE)
  .addOption(jsonOption())
  .action(action)

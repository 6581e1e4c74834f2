import { Command, Option } from 'commander'
import { AREAS, type Area, type Examined } from '../../main/doctor/check.ts'
import { examine } from '../../main/doctor/examine.ts'
import { examineRestored } from '../../main/restored/examine-restored.ts'
import { reportForMachines, reportForPeople, worst } from './doctor-report.ts'
import { settingsOrExit } from './read-settings.ts'

const HELP = `
Looks only: it starts nothing and, but for --after-restore, changes nothing. Without NATS_URL and DATABASE_URL it looks at the embedded servers that
\`npm start\` runs here. NATS_MONITOR_URL lets it read the settings of nats-server.

After a backup was restored, with the service stopped, --after-restore puts right what no backup can know, and repeating it changes
nothing more: the order of the log in another cluster, and the durables that were given events which the backup does not hold. It
connects as \`daisi migrate\` does, and to NATS with the login of the provisioner; with --dry-run it only looks.

Exit codes:
  0   everything is well, or there are warnings
  1   there are warnings, with --strict
  2   something is bad
  78  the settings are wrong

Examples:
  daisi doctor --only nats postgresql                before the service is started
  daisi doctor --admin http://ingest-1:9464          a process on another machine
  daisi doctor --after-restore                       a backup was restored; the service is stopped
  daisi doctor --json | jq '.checks[] | select(.state != "ok")'`

interface DoctorOptions {
  readonly json: boolean
  readonly strict: boolean
  readonly afterRestore: boolean
  readonly dryRun: boolean
  readonly only: ReadonlyArray<Area>
  readonly admin: ReadonlyArray<string>
}

const exitCodeOf = (state: Examined['state'], strict: boolean): number => {
  if (state === 'bad') return 2
  return state === 'warn' && strict ? 1 : 0
}

/** `daisi doctor`: is all well, and if not, what is to be done. */
export const doctorCommand = (): Command => new Command('doctor')
  .description('look at NATS, PostgreSQL and the service, and say what is wrong and what to do')
  .option('--json', 'one JSON object: the worst state and each check with area, name, state, says, todo', false)
  .option('--strict', 'exit with 1 when there are warnings', false)
  .option('--after-restore', 'put right what a restored backup cannot know; before the service is started', false)
  .option('--dry-run', 'with --after-restore: look only', false)
  .addOption(new Option('--only <areas...>', 'look at these only').choices(AREAS).default([]))
  .addOption(new Option('--admin <urls...>', 'admin addresses of the processes; those of `npm start` if left out').default([]))
  .addHelpText('after', HELP)
  .action(async ({ json, strict, only, admin, afterRestore, dryRun }: DoctorOptions, command: Command) => {
    if (!admin.every((address) => URL.canParse(address))) return command.error('--admin takes addresses like http://127.0.0.1:9464')
    if (dryRun && !afterRestore) return command.error('--dry-run goes with --after-restore')
    const settings = settingsOrExit()
    const examined = afterRestore ? await examineRestored(settings, { repairs: !dryRun }) : await examine(settings, { areas: only, admin })
    process.stdout.write(json ? reportForMachines(examined) : reportForPeople(examined, process.stdout.columns))
    process.exit(exitCodeOf(worst(examined), strict))
  })

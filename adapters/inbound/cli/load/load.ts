import type { Command } from 'commander'
import type { LoadOptions } from '../../../main/load/load-options.ts'
import { runLoad, type LoadProgress } from '../../../main/load/run-load.ts'
import { companyIdsOf, totalOf } from '../../../main/load/plan.ts'
import type { Settings } from '../../../main/settings.ts'
import { wrongUsage } from '../dlq/command.ts'
import { ending } from '../dlq/session.ts'
import { progressBars } from '../progress-bars.ts'
import { usesOf } from '../../../main/uses.ts'
import { settingsOrExit } from '../read-settings.ts'
import { EXIT, loadOptions, toLoadOptions, type GivenOptions } from './command.ts'
import { loadReportForMachines, loadReportForPeople } from './load-report.ts'

/** Nobody loads production by a slip, or under a name that a customer may have (help). */
const refuseUnlessMeant = (command: Command, { production, companyIds }: Settings, { yes }: GivenOptions, options: LoadOptions): void => {
  const isNamed = command.getOptionValueSource('companyPrefix') === 'cli'
  if (production && !(yes && isNamed)) wrongUsage(command, 'in production --company-prefix and --yes are needed: the events stay')
  const excluded = companyIds.length === 0 ? undefined : companyIdsOf(options).find((companyId) => !companyIds.includes(companyId))
  if (excluded !== undefined) wrongUsage(command, `COMPANY_IDS leaves ${excluded} out: the service would not take its events`)
}

const rateOf = (count: number, { seconds }: LoadProgress): string => `${(count / Math.max(seconds, 0.001)).toFixed(0)}/s`

/** Three bars with their rates so far, and the latencies. */
const showing = (total: number) => {
  const bars = progressBars()
  const shown = { published: bars.add('published', total), committed: bars.add('committed', total), readable: bars.add('readable', total) }
  return {
    show: (now: LoadProgress): void => {
      shown.published.reach(now.published, `${rateOf(now.published, now)}${now.refused === 0 ? '' : `, ${now.refused} refused`}`)
      shown.committed.reach(now.committed, `${rateOf(now.committed, now)}, p99 ${now.toCommit.p99.toFixed(0)} ms`)
      shown.readable.reach(now.readable, `${rateOf(now.readable, now)}, p99 ${now.toReadable.p99.toFixed(0)} ms`)
    },
    stop: bars.stop,
  }
}

const runLoadCommand = async (given: GivenOptions, command: Command): Promise<void> => {
  const [settings, options, stopping] = [settingsOrExit(usesOf.load), toLoadOptions(given), new AbortController()]
  refuseUnlessMeant(command, settings, given, options)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => { stopping.abort() })
  const { show, stop } = showing(totalOf(options))
  return ending(given.json === true, async () => {
    const report = await runLoad(settings, options, { onProgress: show, stopping: stopping.signal }).finally(stop)
    process.stdout.write(given.json ? loadReportForMachines(report) : loadReportForPeople(report))
    return report.problems.length === 0 ? EXIT.done : EXIT.failed
  })
}

/** `daisi load`: a load that ends by itself, and what became of it. */
export const loadCommand = (): Command => loadOptions().action((given: GivenOptions, command: Command) => runLoadCommand(given, command))

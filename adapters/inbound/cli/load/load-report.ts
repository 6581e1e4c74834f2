import Table from 'cli-table3'
import colors from 'picocolors'
import type { Latency } from '../../../main/load/latencies.ts'
import type { LoadReport } from '../../../main/load/load-report.ts'

const STYLE = { style: { head: [], border: [] } }

const ms = (value: number): string => value.toFixed(value < 100 ? 1 : 0)

const reasons = (byReason: Readonly<Record<string, number>>): string =>
  Object.entries(byReason).map(([reason, n]) => `${reason} ${n}`).join(', ')

const rowsOf = (report: LoadReport): ReadonlyArray<readonly [what: string, figure: string | number, more: string]> => {
  const { published, refused, seconds, perSecond, wantedPerSecond, deadLetters, lagAtEnd } = report
  return [
    ['published', published.total, `${perSecond.toFixed(1)}/s over ${seconds.toFixed(1)} s; ${wantedPerSecond}/s were wanted`],
    ['refused', refused.total, reasons(refused.byReason)],
    ['duplicates', published.duplicate, 'of the published'],
    ['poisoned', published.poison, 'of the published'],
    ['committed', report.committed, 'fresh events with an effect'],
    ['readable', report.readable, ''],
    ['without effect', report.withoutEffect, 'fresh events that told nothing new'],
    ...(report.unmeasured === 0 ? [] : [['not measured', report.unmeasured, 'too many waited already'] as const]),
    ['dead letters', deadLetters.total, reasons(deadLetters.byReason)],
    ['not settled at the end', lagAtEnd.events, lagAtEnd.events === 0 ? '' : `the oldest for ${lagAtEnd.oldestEventSeconds.toFixed(1)} s`],
    ['lag of the projections, s', lagAtEnd.projectionSeconds.toFixed(1), ''],
  ]
}

const latencyRow = (what: string, { count, p50, p90, p99, max }: Latency) => [what, count, ms(p50), ms(p90), ms(p99), ms(max)]

/** For people: counts, latencies, and what did not go as it should. */
export const loadReportForPeople = (report: LoadReport): string => {
  const figures = new Table({ head: ['load', '', ''], colAligns: ['left', 'right', 'left'], ...STYLE })
  figures.push(...rowsOf(report).map((row) => [...row]))
  const latencies = new Table({ head: ['latency, ms', 'events', 'p50', 'p90', 'p99', 'max'],
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right'], ...STYLE })
  latencies.push(latencyRow('publish to commit', report.publishToCommitMs), latencyRow('publish to readable', report.publishToReadableMs))
  const problems = report.problems.map((problem) => `${colors.red(problem)}\n`).join('')
  return `${figures.toString()}\n${latencies.toString()}\nseen every ${report.measuredEveryMs} ms; seed ${report.seed}\n${problems}`
}

/** For machines. */
export const loadReportForMachines = (report: LoadReport): string => `${JSON.stringify(report, undefined, 2)}\n`

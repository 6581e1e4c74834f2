import type { Outcome } from '../../../../application/jobs/rebuild/rebuild.ts'
import type { Beside, Compared, Difference, Group } from '../../../../application/ports/generations.ts'
import { tableOf } from '../dlq/tables.ts'

export interface Done { readonly group: Group; readonly outcome: Outcome; readonly seconds: number }

/** Differences that are shown one by one. */
const MOST_SHOWN = 20

const REFUSALS = {
  other_generation_there: 'what was served before still stands beside it: go --back to it, or --drop it first',
  nothing_there: 'nothing stands beside it',
  does_not_fit: 'a migration has changed its tables since; --drop what stands beside it, then build it anew',
  never_served: 'what stands beside it was never served: run it without --back to switch, or --drop it',
} as const

const whole = (ms: number): number => Math.round(ms)

const comparedText = ({ rows, hashed, companies, differences }: Compared): string =>
  `${rows} rows of ${companies} companies compared, ${hashed} of them by content: ${differences.length} differences`

const outcomeText = (outcome: Outcome): string => {
  switch (outcome.state) {
    case 'refused': return `not done: ${REFUSALS[outcome.why]}`
    case 'dropped': return 'dropped what stood beside it'
    case 'built': return `built and not switched; ${comparedText(outcome.compared)}`
    case 'differs': return `not switched; ${comparedText(outcome.compared)}; look at them, then say --accept-differences or --drop`
    case 'busy': return `not switched: long questions left no room for it; try again; ${comparedText(outcome.compared)}`
    case 'switched': return `switched, projections held for ${whole(outcome.exchanged.heldMs)} ms, readers for at most `
      + `${whole(outcome.exchanged.exclusiveMs)} ms; ${comparedText(outcome.compared)}`
  }
}

const differencesOf = (outcome: Outcome): ReadonlyArray<Difference> => ('compared' in outcome ? outcome.compared.differences : [])

export const reportForPeople = (done: ReadonlyArray<Done>): string => done.map(({ group, outcome, seconds }) => {
  const differences = differencesOf(outcome).slice(0, MOST_SHOWN)
  return `${group.join(' and ')}: ${outcomeText(outcome)} (${seconds.toFixed(1)} s)\n${differences.length === 0 ? ''
    : tableOf(['what', 'company', 'served', 'beside'], differences.map(({ what, companyId, served, beside }) =>
      [what, companyId, served, served === beside ? `${beside}, other contents` : beside]))}`
}).join('')

export const reportForMachines = (done: ReadonlyArray<Done>): string =>
  `${JSON.stringify({ rebuilds: done.map(({ group, outcome, seconds }) => ({ projections: group, seconds: Number(seconds.toFixed(1)), ...outcome })) })}\n`

interface Standing { readonly group: Group; readonly beside: Beside | undefined }

const STANDINGS = { building: 'being built', replaced: 'served until the switch', rejected: 'served until --back' } as const

const timeText = (ms: number | undefined): string => (ms === undefined ? '' : new Date(ms).toISOString())

export const statusForPeople = (all: ReadonlyArray<Standing>): string =>
  tableOf(['read models', 'beside them', 'started', 'switched', 'fits'], all.map(({ group, beside }) => (beside === undefined
    ? [group.join(', '), 'nothing', '', '', '']
    : [group.join(', '), STANDINGS[beside.standing], timeText(beside.startedAt), timeText(beside.switchedAt), beside.fits ? 'yes' : 'no'])))

export const statusForMachines = (all: ReadonlyArray<Standing>): string =>
  `${JSON.stringify({ readModels: all.map(({ group, beside }) => ({ projections: group, beside: beside ?? null })) })}\n`

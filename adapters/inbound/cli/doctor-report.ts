import Table from 'cli-table3'
import colors from 'picocolors'
import type { Examined } from '../../main/doctor/check.ts'

const PAINT = { ok: colors.green, warn: colors.yellow, bad: colors.red } as const

/** Columns besides the two of prose, borders included. */
const FIXED = 48
const NARROWEST = 24
const WIDTH_WITHOUT_TERMINAL = 160

const widths = (columns: number): number[] => {
  const prose = Math.max(NARROWEST, Math.floor((columns - FIXED) / 2))
  return [13, 27, 7, prose, prose]
}

interface Row extends Examined { readonly names: ReadonlyArray<string> }

/** Checks that found the same, a server that is down for example, share a row. */
const rowsOf = (examined: ReadonlyArray<Examined>): ReadonlyArray<Row> => {
  const rows = new Map<string, Row>()
  for (const one of examined) {
    const key = JSON.stringify([one.area, one.says, one.state === 'ok' ? one.name : one.todo])
    rows.set(key, { ...one, names: [...(rows.get(key)?.names ?? []), one.name] })
  }
  return [...rows.values()]
}

/** For people: what was found, then how many of each kind. */
export const reportForPeople = (examined: ReadonlyArray<Examined>, columns = WIDTH_WITHOUT_TERMINAL): string => {
  const table = new Table({ head: ['area', 'check', 'state', 'what it means', 'what to do'], colWidths: widths(columns), wordWrap: true,
    style: { head: [], border: [] } })
  for (const { area, names, state, says, todo } of rowsOf(examined))
    table.push([area, names.join(', '), PAINT[state](state), says, todo ?? ''])
  const totals = (['ok', 'warn', 'bad'] as const).map((state) =>
    PAINT[state](`${examined.filter((one) => one.state === state).length} ${state}`))
  return `${table.toString()}\n${totals.join(', ')}\n`
}

/** For machines. */
export const reportForMachines = (examined: ReadonlyArray<Examined>): string =>
  `${JSON.stringify({ state: worst(examined), checks: examined }, undefined, 2)}\n`

export const worst = (examined: ReadonlyArray<Examined>): Examined['state'] =>
  (['bad', 'warn'] as const).find((state) => examined.some((one) => one.state === state)) ?? 'ok'

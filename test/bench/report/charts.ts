import { inWords, type ReportFile, type Result } from './result.ts'
import { svgOf } from './svg.ts'

interface Bar { readonly label: string; readonly value: number; readonly min: number; readonly max: number }

const barOf = ({ bench, figures, spread }: Result, name: string, label = `${bench}: ${inWords(name)}`): Bar => {
  const value = figures[name] ?? NaN
  return { label, value, ...(spread[name] ?? { min: value, max: value }) }
}

/** Wide enough for the longest name in whatever font there is. */
const NAMES_WIDTH = 380

/** As far as echarts's custom series needs it. */
interface Coordinates {
  readonly value: (dimension: number) => number
  readonly coord: (point: ReadonlyArray<number>) => readonly [x: number, y: number]
}

/** A line from the least to the most of the rounds. */
const whiskers = (bars: ReadonlyArray<Bar>) => ({
  type: 'custom', name: 'min to max', z: 3, itemStyle: { color: '#333333' }, encode: { x: [1, 2], y: 0 },
  data: bars.map(({ min, max }, i) => [i, min, max]),
  renderItem: (_: unknown, api: Coordinates) => {
    const [[x1, y], [x2]] = [api.coord([api.value(1), api.value(0)]), api.coord([api.value(2), api.value(0)])]
    return { type: 'line', shape: { x1, y1: y, x2, y2: y }, style: { stroke: '#333333', lineWidth: 2 } }
  },
})

const names = (bars: ReadonlyArray<Bar>) =>
  ({ type: 'category', inverse: true, data: bars.map(({ label, value }) => `${label}   ${value}`) })

const chart = (title: string, unit: string, bars: ReadonlyArray<Bar>, more: object = {}): string => svgOf({
  title: { text: title, left: 'center' }, grid: { left: NAMES_WIDTH, right: 70, top: 50, bottom: 30 },
  xAxis: { type: 'value', name: unit }, yAxis: names(bars),
  series: [{ type: 'bar', data: bars.map(({ value }) => value), ...more },
    whiskers(bars)],
}, bars.length)

const endingWith = (results: ReadonlyArray<Result>, ending: RegExp): ReadonlyArray<Bar> =>
  results.flatMap((result) => Object.keys(result.figures).filter((name) => ending.test(name)).map((name) => barOf(result, name)))

/** How far each figure is beyond its bar: 1 is just met, whichever way it is to go. */
const againstBars = (results: ReadonlyArray<Result>): ReadonlyArray<Bar> => results.flatMap((result) =>
  Object.entries(result.bars).flatMap(([name, { least, most }]) => {
    const { label, value, min, max } = barOf(result, name)
    const reached = (x: number): number => Number((least === undefined ? (most ?? 0) / x : x / least).toFixed(2))
    if (most === 0 || value === 0) return []
    return [{ label, value: reached(value), min: reached(min), max: reached(max) }]
  }))

const AT_THE_BAR = { markLine: { symbol: 'none', data: [{ xAxis: 1 }], lineStyle: { color: '#cc0000' }, label: { formatter: 'bar' } } }

const CPU = ['cpuMicrosNode', 'cpuMicrosPostgresql', 'cpuMicrosNats'] as const

/** Who takes the CPU of an event. */
const cpuChart = (results: ReadonlyArray<Result>): string => {
  const measured = results.filter(({ figures }) => figures[CPU[0]] !== undefined)
  return svgOf({
    title: { text: 'CPU of an event, all processes, µs', left: 'center' }, legend: { bottom: 0 },
    grid: { left: 10, right: 40, top: 40, bottom: 40, containLabel: true }, xAxis: { type: 'value' },
    yAxis: { type: 'category', inverse: true, data: measured.map(({ bench }) => bench) },
    series: CPU.map((name) => ({ type: 'bar', stack: 'cpu', name: name.slice('cpuMicros'.length), label: { show: true },
      data: measured.map(({ figures }) => figures[name] ?? 0) })),
  }, measured.length)
}

const BYTES_OF = /^bytes of /

const diskChart = (results: ReadonlyArray<Result>): string => chart('Bytes of a stored message', 'bytes', results.flatMap((result) =>
  Object.keys(result.figures).filter((name) => BYTES_OF.test(name)).map((name) => barOf(result, name, name.replace(BYTES_OF, '')))))

/** Those of which something was measured. */
export const charts = (results: ReadonlyArray<Result>): ReadonlyArray<ReportFile> => [
  { name: 'bars.svg', text: chart('Each figure over its bar (from 1: met)', 'times', againstBars(results), AT_THE_BAR) },
  { name: 'throughput.svg', text: chart('A second: medians, least and most of the rounds', '1/s', endingWith(results, /PerSecond$/)) },
  { name: 'latency.svg', text: chart('Milliseconds: medians, least and most of the rounds', 'ms', endingWith(results, /Ms$/)) },
  { name: 'cpu.svg', text: cpuChart(results) },
  { name: 'disk.svg', text: diskChart(results) },
]

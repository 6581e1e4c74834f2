import Table from 'cli-table3'
import { isMet, wanted, type Limits } from '../bars.ts'
import { median } from '../median.ts'

/** One result. `value` is a median where `min` and `max` are there. */
export interface Figure {
  /** Its name in the JSON. */
  readonly name: string
  readonly value: number
  readonly min?: number
  readonly max?: number
  /** What it must reach (issue: performance). */
  readonly bar?: Limits
}

type Values = ReadonlyArray<number>

const SIGNIFICANT = 4

const rounded = (value: number): number => (Number.isInteger(value) ? value : Number(value.toPrecision(SIGNIFICANT)))

const barred = (bar: Limits | undefined): Pick<Figure, 'bar'> => (bar === undefined ? {} : { bar })

export const single = (name: string, value: number, bar?: Limits): Figure => ({ name, value: rounded(value), ...barred(bar) })

/** Median, least and most of the rounds. */
export const spread = (name: string, values: Values, bar?: Limits): Figure =>
  ({ name, value: rounded(median(values)), min: rounded(Math.min(...values)), max: rounded(Math.max(...values)), ...barred(bar) })

/** Ratio of the medians; least and most are those of single rounds. */
export const ratio = (name: string, of: Values, to: Values, bar?: Limits): Figure => {
  const pairs = of.map((value, round) => value / (to[round] ?? NaN))
  const [min, max] = [rounded(Math.min(...pairs)), rounded(Math.max(...pairs))]
  return { name, value: rounded(median(of) / median(to)), min, max, ...barred(bar) }
}

const verdictOf = ({ value, bar }: Figure): string => (bar === undefined ? '' : isMet({ figure: value, ...bar }) ? 'met' : 'MISSED')

/** For people, on standard error. Answers whether all bars are met. */
export const printFigures = (bench: string, figures: ReadonlyArray<Figure>): boolean => {
  const table = new Table({ head: [bench, 'median', 'min', 'max', 'bar', ''], style: { head: [], border: [] } })
  for (const figure of figures) {
    const { name, value, min = '', max = '', bar } = figure
    table.push([name, value, min, max, bar === undefined ? '' : wanted(bar), verdictOf(figure)])
  }
  process.stderr.write(`${table.toString()}\n`)
  return figures.every(({ value, bar }) => bar === undefined || isMet({ figure: value, ...bar }))
}

/** For programs: values by name, their spread, and the bars. */
export const figuresAsJson = (figures: ReadonlyArray<Figure>) => ({
  figures: Object.fromEntries(figures.map(({ name, value }) => [name, value])),
  spread: Object.fromEntries(figures.flatMap(({ name, min, max }) => (min === undefined ? [] : [[name, { min, max }]]))),
  bars: Object.fromEntries(figures.flatMap(({ name, value, bar }) =>
    (bar === undefined ? [] : [[name, { ...bar, met: isMet({ figure: value, ...bar }) }]]))),
})

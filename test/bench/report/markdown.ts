import { wanted } from '../bars.ts'
import { inWords as machineInWords } from '../frame/machine.ts'
import { inWords, type ReportFile, type Result } from './result.ts'

const HEAD = '| benchmark | figure | bar | median | min – max | met |\n|---|---|---|---|---|---|'

const rowOf = ({ bench, figures, spread, bars }: Result, name: string): string => {
  const [bar, range] = [bars[name], spread[name]]
  const cells = [bench, inWords(name), bar === undefined ? '' : wanted(bar), figures[name] ?? '',
    range === undefined ? '' : `${range.min} – ${range.max}`, bar === undefined ? '' : bar.met ? 'yes' : '**no**']
  return `| ${cells.join(' | ')} |`
}

/** Those with a bar come first. */
const tableOf = (results: ReadonlyArray<Result>): string => {
  const all = results.flatMap((result) => Object.keys(result.figures).map((name) =>
    ({ result, name, isBarred: Object.hasOwn(result.bars, name) })))
  const rows = [...all.filter(({ isBarred }) => isBarred), ...all.filter(({ isBarred }) => !isBarred)]
  return [HEAD, ...rows.map(({ result, name }) => rowOf(result, name))].join('\n')
}

const machineOf = ([first]: ReadonlyArray<Result>, results: ReadonlyArray<Result>): string => {
  const { machine } = results.find(({ machine: { postgresql } }) => postgresql !== undefined) ?? first ?? {}
  return machine === undefined ? 'nothing was measured' : machineInWords(machine)
}

/** What a reader wants of a whole run: the machine, one table, the charts. */
export const markdownOf = (results: ReadonlyArray<Result>, pictures: ReadonlyArray<ReportFile>): string => [
  '# Benchmarks',
  'Written by `npm run bench`, which runs all of them but `scale`, `fairness` and `companies`. Medians of rounds in alternation; '
    + 'ratios are of medians of one run, so what else the machine did hits both sides.',
  `Machine: ${machineOf(results, results)}. Seed ${results[0]?.seed ?? ''}.`,
  tableOf(results),
  ...pictures.map(({ name }) => `![${name.replace('.svg', '')}](${name})`),
].join('\n\n').concat('\n')

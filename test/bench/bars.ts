/** What a figure must reach. */
export interface Bar { readonly what: string; readonly figure: number; readonly least?: number; readonly most?: number }

const isMet = ({ figure, least = -Infinity, most = Infinity }: Bar): boolean => figure >= least && figure <= most

const wanted = ({ least, most }: Bar): string =>
  [least === undefined ? [] : [`at least ${least}`], most === undefined ? [] : [`at most ${most}`]].flat().join(', ')

/** Says whether each is met; the benchmark ends with exit code 1 when one is not. */
export const judge = (bars: ReadonlyArray<Bar>): void => {
  for (const bar of bars) process.stderr.write(`${isMet(bar) ? 'met' : 'NOT MET'}: ${bar.what} ${bar.figure} (${wanted(bar)})\n`)
  if (!bars.every(isMet)) process.exitCode = 1
}

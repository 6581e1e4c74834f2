/** What a figure must reach. */
export interface Limits { readonly least?: number; readonly most?: number }
export interface Bar extends Limits { readonly what: string; readonly figure: number }

export const isMet = ({ figure, least = -Infinity, most = Infinity }: Pick<Bar, 'figure' | 'least' | 'most'>): boolean =>
  figure >= least && figure <= most

export const wanted = ({ least, most }: Limits): string =>
  [least === undefined ? [] : [`at least ${least}`], most === undefined ? [] : [`at most ${most}`]].flat().join(', ')

/** Says whether each is met; the benchmark ends with exit code 1 when one is not. */
export const judge = (bars: ReadonlyArray<Bar>): void => {
  for (const bar of bars) process.stderr.write(`${isMet(bar) ? 'met' : 'NOT MET'}: ${bar.what} ${bar.figure} (${wanted(bar)})\n`)
  if (!bars.every(isMet)) process.exitCode = 1
}

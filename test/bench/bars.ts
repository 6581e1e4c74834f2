/** What a figure must reach. */
export interface Limits { readonly least?: number; readonly most?: number }

export const isMet = ({ figure, least = -Infinity, most = Infinity }: Limits & { readonly figure: number }): boolean =>
  figure >= least && figure <= most

export const wanted = ({ least, most }: Limits): string =>
  [least === undefined ? [] : [`at least ${least}`], most === undefined ? [] : [`at most ${most}`]].flat().join(', ')

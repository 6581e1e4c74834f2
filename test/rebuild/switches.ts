import { median, quantile } from '../bench/median.ts'
import type { Seen } from './asker.ts'
import { latenciesIn, type Window } from './asking.ts'
import type { Rebuilt } from './rebuilding.ts'

/** Around a switch: from when projections are held until caches are warm again. */
const LEAD_MS = 200
export const WARM_MS = 1_300
/** As long as the time around a switch, so that both hold as many questions. */
export const QUIET_MS = LEAD_MS + WARM_MS

/** When the rebuild was at work; for `QUIET_MS` before, nothing was done but asked. */
export interface Switched { readonly building: Window }

interface Compared { readonly before: ReadonlyArray<number>; readonly during: ReadonlyArray<number> }

const compare = ({ exchanged, building: { from } }: Rebuilt & Switched, seen: Seen): ReadonlyArray<Compared> => {
  if (exchanged === undefined) return []
  const { at, heldMs } = exchanged
  return [{ before: latenciesIn(seen, [{ from: from - QUIET_MS, to: from }]),
    during: latenciesIn(seen, [{ from: at - LEAD_MS, to: at + heldMs + WARM_MS }]) }]
}

const rounded = (value: number): number => Number(value.toFixed(2))

/**
 * Each switch against the seconds just before its own rebuild, so that what else the machine does weighs on both alike. Two ratios: the
 * median of the switches' own, which no single moment decides, and that of all questions together, in which a bad switch is not left out.
 */
export const compareSwitches = (rebuilt: ReadonlyArray<Rebuilt & Switched>, seen: Seen) => {
  const all = rebuilt.flatMap((one) => compare(one, seen))
  const pooled = (of: keyof Compared, share: number): number =>
    rounded(quantile(all.flatMap((one) => one[of]).sort((a, b) => a - b), share))
  const p99Ratios = all.map(({ before, during }) => rounded(quantile(during, 0.99) / quantile(before, 0.99)))
  const building = latenciesIn(seen, rebuilt.map((one) => one.building))
  return {
    questionsBefore: all.flatMap(({ before }) => before).length, questionsDuring: all.flatMap(({ during }) => during).length,
    fewestQuestions: Math.min(...all.flatMap(({ before, during }) => [before.length, during.length])),
    p50BeforeMs: pooled('before', 0.5), p50DuringMs: pooled('during', 0.5), p99BeforeMs: pooled('before', 0.99),
    p99BuildingMs: rounded(quantile(building, 0.99)), p99DuringMs: pooled('during', 0.99),
    slowestBeforeMs: pooled('before', 1), slowestDuringMs: pooled('during', 1),
    p99Ratio: median(p99Ratios), p99RatioOfAll: rounded(pooled('during', 0.99) / pooled('before', 0.99)), p99Ratios,
  }
}

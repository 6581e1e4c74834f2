import type { ProjectionName } from '../../../../application/projections/read-models.ts'
import { progressBars, type ProgressBar } from '../progress-bars.ts'

interface Shown { readonly bar: ProgressBar; readonly total: number; done: number }

/** A bar for each projection, from its first step on. Its end moves while events come in; the bar keeps the first one. */
export const rebuildBars = () => {
  const bars = progressBars()
  const shown = new Map<ProjectionName, Shown>()
  return {
    onProgress: (name: ProjectionName, done: number, total: number): void => {
      const one = shown.get(name) ?? { bar: bars.add(name, total), total, done: 0 }
      shown.set(name, one)
      const reached = Math.min(done, one.total)
      if (reached > one.done) one.bar.advance(reached - one.done)
      one.done = Math.max(one.done, reached)
    },
    stop: bars.stop,
  }
}

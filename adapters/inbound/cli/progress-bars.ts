import { MultiBar, Presets } from 'cli-progress'

export interface ProgressBar {
  readonly advance: (count: number) => void
  /** So many in all, and a few words beside it. */
  readonly reach: (count: number, note: string) => void
}
export interface ProgressBars {
  readonly add: (title: string, total: number) => ProgressBar
  readonly stop: () => void
}

/** Where no person watches, a line at the end of each bar is all that is said. */
const lines = (): ProgressBars => ({
  add: (title, total) => {
    let done = 0
    const reach = (count: number): void => {
      if (count >= total && done < total) process.stderr.write(`${title}: ${total}\n`)
      done = count
    }
    return { advance: (count) => { reach(done + count) }, reach }
  },
  stop: () => undefined,
})

/** Bars on standard error, one below the other; plain lines where it is not a terminal. */
export const progressBars = (): ProgressBars => {
  if (!process.stderr.isTTY) return lines()
  const bars = new MultiBar({ format: ' {title} {bar} {value}/{total} {eta_formatted} {note}', stream: process.stderr, hideCursor: true },
    Presets.shades_classic)
  return {
    add: (title, total) => {
      const bar = bars.create(total, 0, { title: title.padEnd(14), note: '' })
      return { advance: (count) => { bar.increment(count) }, reach: (count, note) => { bar.update(count, { note }) } }
    },
    stop: () => { bars.stop() },
  }
}

/** What a run has tried and what went wrong, with the first few told on standard error. */
export interface Tally {
  readonly figures: () => Readonly<Record<string, number>>
  /** One attempt through a door; `wrong` says how it broke the isolation, if it did. */
  readonly count: (door: string, attempt: string, wrong: string | undefined) => void
  /** Something that must hold for the run to prove anything: that B sees its own canaries, for example. */
  readonly control: (what: string, holds: boolean) => void
}

const MOST_TOLD = 20

export const tally = (): Tally => {
  const doors = new Map<string, number>()
  let [attempts, leaks, controls, failedControls] = [0, 0, 0, 0]
  const tell = (text: string): void => { if (leaks + failedControls <= MOST_TOLD) process.stderr.write(`${text}\n`) }
  return {
    count: (door, attempt, wrong) => {
      attempts += 1
      doors.set(door, (doors.get(door) ?? 0) + 1)
      if (wrong === undefined) return
      leaks += 1
      tell(`LEAK ${door}: ${wrong}: ${attempt}`)
    },
    control: (what, holds) => {
      controls += 1
      if (holds) return
      failedControls += 1
      tell(`CONTROL FAILED: ${what}`)
    },
    figures: () => ({ attempts, leaks, ...Object.fromEntries(doors), controls, failed_controls: failedControls }),
  }
}

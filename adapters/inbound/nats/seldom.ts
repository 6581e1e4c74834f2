type Say = (what: string, fields?: Readonly<Record<string, string>>) => void

/** Says the same thing at most once in `everyMs`, whoever it is about: a broker that is away troubles each of a thousand durables. */
export const seldom = (say: Say, everyMs: number, nowMs: () => number = Date.now): Say => {
  const saidAt = new Map<string, number>()
  return (what, fields) => {
    const last = saidAt.get(what)
    if (last !== undefined && nowMs() - last < everyMs) return
    saidAt.set(what, nowMs())
    say(what, fields)
  }
}

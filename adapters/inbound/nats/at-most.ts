/** Runs what it is given, at most `most` at a time, first come first served: a thousand durables are not opened at once. */
export const atMost = (most: number) => {
  let free = most
  const waiting: (() => void)[] = []
  return async <A>(work: () => Promise<A>): Promise<A> => {
    if (free > 0) free -= 1
    else await new Promise<void>((resolve) => { waiting.push(resolve) })
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next === undefined) free += 1
      else next()
    }
  }
}

export type AtMost = ReturnType<typeof atMost>

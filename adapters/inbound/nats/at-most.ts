/** As many as there are; who asks for one more waits for one to be given back. */
export const places = (most: number) => {
  let free = most
  const waiting: (() => void)[] = []
  return {
    take: async (): Promise<void> => {
      if (free > 0) free -= 1
      else await new Promise<void>((resolve) => { waiting.push(resolve) })
    },
    giveBack: (): void => {
      const next = waiting.shift()
      if (next === undefined) free += 1
      else next()
    },
  }
}

/** Runs what it is given, at most `most` at a time, first come first served: a thousand durables are not opened at once. */
export const atMost = (most: number) => {
  const { take, giveBack } = places(most)
  return async <A>(work: () => Promise<A>): Promise<A> => {
    await take()
    try {
      return await work()
    } finally {
      giveBack()
    }
  }
}

export type AtMost = ReturnType<typeof atMost>

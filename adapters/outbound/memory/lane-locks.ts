export interface LaneLocks {
  /** Waits for all of `locks`, in the given order; answers how to let go of them. */
  readonly take: (locks: ReadonlyArray<number>) => Promise<() => void>
}

/** Exclusion as by advisory locks: whoever asked first goes first. */
export const laneLocks = (): LaneLocks => {
  const tails = new Map<number, Promise<void>>()
  const takeOne = async (lock: number): Promise<() => void> => {
    const before = tails.get(lock)
    const { promise, resolve } = Promise.withResolvers<void>()
    tails.set(lock, promise)
    await before
    return resolve
  }
  return {
    take: async (locks) => {
      const releases: (() => void)[] = []
      for (const lock of locks) releases.push(await takeOne(lock))
      return () => { for (const release of releases) release() }
    },
  }
}

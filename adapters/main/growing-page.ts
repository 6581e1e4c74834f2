/** Facts of the first page; few enough though each touches as much as the largest event. */
const FIRST = 16

/**
 * How many facts a step of a follower looks at: few after a start and after a failure, for the step before may have been too much for
 * the memory of the process that died of it, or for a statement's time; twice as many after each that goes well. So whatever the
 * log holds, a follower gets past it.
 */
export const growingPage = (most: number) => {
  const first = Math.min(FIRST, most)
  let next = first
  return async <A>(step: (size: number) => Promise<A>): Promise<A> => {
    const size = next
    next = first
    const done = await step(size)
    next = Math.min(2 * size, most)
    return done
  }
}

/** Rejects when the work has not ended by then; what it may still do later is harmless, for redelivery is. */
export const within = async <A>(limitMs: number, work: () => Promise<A>): Promise<A> => {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => { late.reject(new Error(`not done within ${limitMs} ms`)) }, limitMs)
  try {
    return await Promise.race([work(), late.promise])
  } finally {
    clearTimeout(timer)
  }
}

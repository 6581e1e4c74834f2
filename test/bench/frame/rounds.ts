/** One way of doing what is measured; answers what it measured. */
export type Variant<M> = () => Promise<M>

export interface RoundOptions<M> {
  /** Measured ones; one more before them, in which everything warms up, is thrown away. */
  readonly rounds: number
  /** A measurement in words, for who watches. */
  readonly show: (measured: M) => string
}

type Measured<N extends string, M> = Readonly<Record<N, ReadonlyArray<M>>>

const MS_PER_SECOND = 1_000

/** Progress on standard error: what has been measured, and about how long the rest takes. */
const progress = (total: number) => {
  const begun = performance.now()
  let done = 0
  return (what: string): void => {
    done += 1
    const [gone, each] = [(performance.now() - begun) / MS_PER_SECOND, (performance.now() - begun) / MS_PER_SECOND / done]
    process.stderr.write(`${what} (${done} of ${total}; ${gone.toFixed(0)} s gone, about ${(each * (total - done)).toFixed(0)} s left)\n`)
  }
}

/**
 * All variants by turns in one run, so that what else the machine does hits them alike; every second round runs backwards, so that
 * none has always the same predecessor. By variant, in order of the rounds.
 */
export const inAlternation = async <N extends string, M>(
  variants: Readonly<Record<N, Variant<M>>>, { rounds, show }: RoundOptions<M>,
): Promise<Measured<N, M>> => {
  const names = Object.keys(variants) as N[]
  const measured = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<N, M[]>
  const say = progress((rounds + 1) * names.length)
  for (let round = 0; round <= rounds; round += 1) {
    for (const name of round % 2 === 0 ? names : [...names].reverse()) {
      const one = await variants[name]()
      say(`${round === 0 ? 'warm-up' : `round ${round}`}, ${name}: ${show(one)}`)
      if (round > 0) measured[name].push(one)
    }
  }
  return measured
}

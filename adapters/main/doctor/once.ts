/** Made when first asked for, by whoever asks; everybody gets the same, failures too. */
export const once = <A>(make: () => Promise<A>): (() => Promise<A>) => {
  let made: Promise<A> | undefined
  return () => (made ??= make())
}

/** Hears how to close what has been opened. */
export type Opened = (close: () => Promise<unknown>) => void

const began = performance.now()

/** A line of progress, with the seconds since the program began. */
export const say = (text: string): void => { process.stdout.write(`${((performance.now() - began) / 1_000).toFixed(1)} s: ${text}\n`) }

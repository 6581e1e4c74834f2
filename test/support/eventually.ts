import { setTimeout as sleep } from 'node:timers/promises'

const EVERY_MS = 10

/** Waits until it holds; fails, saying what was waited for, after `withinMs`. */
export const eventually = async (what: string, holds: () => boolean | Promise<boolean>, withinMs = 10_000): Promise<void> => {
  for (const end = Date.now() + withinMs; !await holds(); await sleep(EVERY_MS))
    if (Date.now() > end) throw new Error(`waited in vain: ${what}`)
}

import { hash } from 'node:crypto'

/** Verifies a token, or rejects with the refusal that the client gets; `expiresAtMs` since 1970. */
export type Verify<I> = (token: string) => Promise<{ readonly identity: I; readonly expiresAtMs: number }>

/** A key that its issuer withdraws is trusted for this much longer, beside what the cache of keys allows (issuer-keys.ts). */
const KNOWN_FOR_MS = 30_000
const MOST_KNOWN = 2_000

interface Known<I> { readonly identity: I; readonly untilMs: number }

/**
 * A client sends the same token with each request, and a signature costs more than a page (ADR 0022): a token that was verified is
 * not verified again for half a minute, and never after its end. Those that failed are not remembered. By hash, so that no token stays
 * in memory.
 */
export const knownIdentities = <I>(verify: Verify<I>, nowMs = () => Date.now()): ((token: string) => Promise<I>) => {
  const known = new Map<string, Known<I>>()
  const remember = (key: string, entry: Known<I>): void => {
    if (known.size >= MOST_KNOWN) known.delete(known.keys().next().value ?? key)
    known.set(key, entry)
  }
  return async (token) => {
    const key = hash('sha256', token, 'base64')
    const found = known.get(key)
    if (found !== undefined && nowMs() < found.untilMs) return found.identity
    known.delete(key)
    const { identity, expiresAtMs } = await verify(token)
    remember(key, { identity, untilMs: Math.min(nowMs() + KNOWN_FOR_MS, expiresAtMs) })
    return identity
  }
}

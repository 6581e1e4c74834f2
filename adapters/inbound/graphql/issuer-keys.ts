import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose'

/** Where an issuer publishes its keys (RFC 7517), and how long at least to leave it alone after each look. */
export interface IssuerAddress { readonly jwksUrl: string; readonly cooldownMs: number }

/** The keys cannot be had: says nothing about the token. */
export class KeysUnavailable extends Error {}

const TIMEOUT_MS = 5_000
/** Older keys are looked for again, while those in hand are used: a withdrawn one stays valid for as long. */
const FRESH_MS = 600_000
/** An issuer that is down may stay so for as long before its tokens are no longer trusted. */
const STALE_MS = 3_600_000
/** Without any keys nothing can be answered, so looking again matters more. */
const COOLDOWN_WITHOUT_KEYS_MS = 1_000

interface Keys { readonly find: JWTVerifyGetKey; readonly at: number }

const fetched = async (url: string): Promise<Keys> => {
  const response = await fetch(url, { headers: { accept: 'application/json' }, signal: AbortSignal.timeout(TIMEOUT_MS) })
  if (!response.ok) throw new Error(`the issuer answers ${response.status}`)
  return { find: createLocalJWKSet(await response.json() as JSONWebKeySet), at: performance.now() }
}

/** Looks once for all who ask at a time, and not again before the cooldown has passed, whatever came of it. */
const keptKeys = ({ jwksUrl, cooldownMs }: IssuerAddress) => {
  let keys: Keys | undefined
  let triedAt = -Infinity
  let pending: Promise<void> | undefined
  const look = async (): Promise<void> => {
    try {
      keys = await fetched(jwksUrl)
    } catch {
      // those in hand, if any, go on serving until they are stale
    } finally {
      pending = undefined
    }
  }
  const refresh = (): Promise<void> => {
    const cooldown = keys === undefined ? Math.min(cooldownMs, COOLDOWN_WITHOUT_KEYS_MS) : cooldownMs
    if (pending !== undefined) return pending
    if (performance.now() - triedAt < cooldown) return Promise.resolve()
    triedAt = performance.now()
    pending = look()
    return pending
  }
  return { current: () => keys, refresh }
}

/**
 * Keys by key id: cached, refreshed in the background, and looked for again when a token names one that is not known, which
 * is how a rotation is noticed. Tokens with made-up key ids cannot make it hammer the issuer.
 */
export const issuerKeys = (address: IssuerAddress): JWTVerifyGetKey => {
  const { current, refresh } = keptKeys(address)
  const usable = async (): Promise<Keys> => {
    const age = performance.now() - (current()?.at ?? -Infinity)
    if (age > STALE_MS) await refresh()
    else if (age > FRESH_MS) void refresh()
    const keys = current()
    if (keys === undefined || performance.now() - keys.at > STALE_MS) throw new KeysUnavailable('the issuer\'s keys cannot be had')
    return keys
  }
  return async (header, token) => {
    const { find } = await usable()
    try {
      return await find(header, token)
    } catch (cause) {
      if (!(cause instanceof errors.JWKSNoMatchingKey)) throw cause
      await refresh()
      return (await usable()).find(header, token)
    }
  }
}

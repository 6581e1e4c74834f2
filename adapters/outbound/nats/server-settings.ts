/** Settings of a nats-server that decide what it can lose; not told to clients, only on its monitoring address. */
export interface ServerSettings {
  /** Every publish is on disk before it is acknowledged. */
  readonly syncAlways: boolean
  readonly syncIntervalSeconds: number
  readonly storeDir: string
  /** Bytes that all streams together may take; 0 when not told. */
  readonly maxStore: number
  /** Durables that a stream may have which does not say so itself; 0 when not told. */
  readonly maxConsumers: number
}

interface JetStreamConfig {
  readonly sync_always?: boolean
  /** Nanoseconds. */
  readonly sync_interval?: number
  readonly store_dir?: string
  readonly max_storage?: number
}

interface Varz {
  readonly jetstream?: { readonly config?: JetStreamConfig; readonly limits?: { readonly default_max_consumers?: number } }
}

const NANOS_PER_SECOND = 1_000_000_000
const ANSWERS_WITHIN_MS = 3_000

/** From `/varz`. Rejects when the address does not answer, or JetStream is off. */
export const serverSettings = async (monitorUrl: string): Promise<ServerSettings> => {
  const response = await fetch(new URL('/varz', monitorUrl), { signal: AbortSignal.timeout(ANSWERS_WITHIN_MS) })
  const { jetstream } = await response.json() as Varz
  if (jetstream?.config?.store_dir === undefined) throw new Error('the monitoring address tells nothing of JetStream')
  const { config: { sync_always: syncAlways, sync_interval: syncNanos, store_dir: storeDir, max_storage: maxStore }, limits } = jetstream
  return {
    storeDir, syncAlways: syncAlways === true, syncIntervalSeconds: (syncNanos ?? 0) / NANOS_PER_SECOND, maxStore: maxStore ?? 0,
    maxConsumers: limits?.default_max_consumers ?? 0,
  }
}

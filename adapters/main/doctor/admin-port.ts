/** What `/readyz` answers. */
export interface Readiness { readonly ready: boolean; readonly waitingFor: ReadonlyArray<string> }

const ANSWERS_WITHIN_MS = 4_000

const ask = (address: string, path: string): Promise<Response> =>
  fetch(new URL(path, address), { signal: AbortSignal.timeout(ANSWERS_WITHIN_MS) })

/** Rejects when nothing answers, or what answers is no process of ours. */
export const readinessOf = async (address: string): Promise<Readiness> => {
  const { ready, waitingFor } = await (await ask(address, '/readyz')).json() as Partial<Readiness>
  if (typeof ready !== 'boolean' || !Array.isArray(waitingFor)) throw new Error('not a process of the service')
  return { ready, waitingFor: waitingFor.map(String) }
}

/** Whether a process there says that pulling is stopped. Rejects when none of them answers. */
export const isCircuitOpen = async (addresses: ReadonlyArray<string>): Promise<boolean> => {
  const scraped = await Promise.allSettled(addresses.map(async (address) => (await ask(address, '/metrics')).text()))
  const texts = scraped.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  if (texts.length === 0) throw new Error('no process of the service answers')
  return texts.some((text) => /^daisi_circuit_open 1$/m.test(text))
}

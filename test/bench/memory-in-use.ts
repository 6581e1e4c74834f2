import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

/** Bytes. */
export interface MemoryInUse {
  /** This process's heap and buffers after a collection: its resident memory does not shrink, so it says nothing of the second round. */
  readonly ingest: number
  /** Resident. */
  readonly broker: number
}

export const memoryInUse = async (monitorUrl: string): Promise<MemoryInUse> => {
  const { mem } = await (await fetch(`${monitorUrl}/varz`)).json() as { readonly mem: number }
  collectGarbage()
  const { heapUsed, external } = process.memoryUsage()
  return { ingest: heapUsed + external, broker: mem }
}

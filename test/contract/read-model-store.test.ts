import { carryingProgress } from '../../adapters/main/carried-progress.ts'
import { memoryReadModelStore } from '../../adapters/outbound/memory/read-model-store.ts'
import type { ReadModelStore } from '../../application/ports/read-model-store.ts'
import { describeReadModelStore, type ReadSide } from './read-model-store.contract.ts'

const readSide = (around: (store: ReadModelStore) => ReadModelStore) => async (): Promise<ReadSide> => {
  const store = memoryReadModelStore()
  return { store: around(store), lastMessageOf: async (chat) => store.lastMessageOf(chat),
    totalsOf: async (companyId) => store.totalsOf(companyId) }
}

describeReadModelStore('memory', readSide((store) => store))
describeReadModelStore('memory, progress carried', readSide(carryingProgress))

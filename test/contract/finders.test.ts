import { memoryReads } from '../../adapters/outbound/memory/finder-reads.ts'
import { memoryReadModelStore } from '../../adapters/outbound/memory/read-model-store.ts'
import { describeFinders } from './finders.contract.ts'

describeFinders('memory', () => {
  const store = memoryReadModelStore()
  return Promise.resolve({ store, openReads: memoryReads(store) })
})

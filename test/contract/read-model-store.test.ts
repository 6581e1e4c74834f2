import { memoryReadModelStore } from '../../adapters/outbound/memory/read-model-store.ts'
import { describeReadModelStore } from './read-model-store.contract.ts'

describeReadModelStore('memory', () => {
  const store = memoryReadModelStore()
  return Promise.resolve({
    store, lastMessageOf: (chat) => Promise.resolve(store.lastMessageOf(chat)),
    totalsOf: (companyId) => Promise.resolve(store.totalsOf(companyId)),
  })
})

import { memoryDeadLetterOutlet } from '../../adapters/outbound/memory/dead-letter-outlet.ts'
import { describeDeadLetterOutlet } from './dead-letter-outlet.contract.ts'

describeDeadLetterOutlet('memory', () => {
  const outlet = memoryDeadLetterOutlet()
  return Promise.resolve({ outlet, published: () => Promise.resolve(outlet.published().map(({ sequence }) => sequence)) })
})

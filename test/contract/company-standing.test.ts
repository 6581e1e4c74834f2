import { memoryAcknowledgedPositions } from '../../adapters/outbound/memory/acknowledged-positions.ts'
import { memoryCompanyStanding } from '../../adapters/outbound/memory/company-standing.ts'
import { rightOf } from '../support/right-of.ts'
import { describeCompanyStanding } from './company-standing.contract.ts'

describeCompanyStanding('in memory', () => {
  const positions = memoryAcknowledgedPositions()
  const standing = memoryCompanyStanding(positions.unprocessed)
  return Promise.resolve({ standing, suspend: (companyId) => Promise.resolve(standing.suspend(companyId)),
    save: (reached) => rightOf(positions.save([reached])) })
})

import { memoryCompanyStanding } from '../../adapters/outbound/memory/company-standing.ts'
import { describeCompanyStanding } from './company-standing.contract.ts'

describeCompanyStanding('in memory', () => {
  const standing = memoryCompanyStanding()
  return Promise.resolve({ standing, suspend: (companyId) => Promise.resolve(standing.suspend(companyId)) })
})

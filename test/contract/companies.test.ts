import { memoryCompanies } from '../../adapters/outbound/memory/companies.ts'
import { describeCompanies } from './companies.contract.ts'

const subject = memoryCompanies()

describeCompanies('memory', () => subject)

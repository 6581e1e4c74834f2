import { FactsAsTheyWereWritten } from './20261128T010100-facts-as-they-were-written.ts'
import { LeastPrivilege } from './20261125T000400-least-privilege.ts'
import { PostScanSync } from './20261125T000200-post-scan-sync.ts'
import { ReadModels } from './20261124T000200-read-models.ts'
import { CompanyStatusForReaders } from './20261125T000300-company-status-for-readers.ts'
import { DeadLetters } from './20261125T000100-dead-letters.ts'
import { ReplayClaims } from './20261125T000500-replay-claims.ts'
import { ProcessLeases } from './20261125T000600-process-leases.ts'
import { CheapCompanyCheck } from './20261128T010000-cheap-company-check.ts'
import { FailuresByPublishing } from './20261128T003000-failures-by-publishing.ts'
import { CompanyFirst } from './20261125T000700-company-first.ts'
import { Observability } from './20261128T000100-observability.ts'
import { ReadModelsBeside } from './20261128T004000-read-models-beside.ts'
import { WriteSide } from './20261124T000100-write-side.ts'

/** All migrations in order; a list of classes, so that it is the same from source and from compiled output. */
export const migrations = [
  { name: '20261124T000100-write-side', class: WriteSide },
  { name: '20261124T000200-read-models', class: ReadModels },
  { name: '20261125T000100-dead-letters', class: DeadLetters },
  { name: '20261125T000200-post-scan-sync', class: PostScanSync },
  { name: '20261125T000300-company-status-for-readers', class: CompanyStatusForReaders },
  { name: '20261125T000400-least-privilege', class: LeastPrivilege },
  { name: '20261125T000500-replay-claims', class: ReplayClaims },
  { name: '20261125T000600-process-leases', class: ProcessLeases },
  { name: '20261125T000700-company-first', class: CompanyFirst },
  { name: '20261128T000100-observability', class: Observability },
  { name: '20261128T003000-failures-by-publishing', class: FailuresByPublishing },
  { name: '20261128T004000-read-models-beside', class: ReadModelsBeside },
  { name: '20261128T010000-cheap-company-check', class: CheapCompanyCheck },
  { name: '20261128T010100-facts-as-they-were-written', class: FactsAsTheyWereWritten },
]

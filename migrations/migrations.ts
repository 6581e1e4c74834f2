import { LeastPrivilege } from './20261125T000400-least-privilege.ts'
import { PostScanSync } from './20261125T000200-post-scan-sync.ts'
import { ReadModels } from './20261124T000200-read-models.ts'
import { DeadLetters } from './20261125T000100-dead-letters.ts'
import { WriteSide } from './20261124T000100-write-side.ts'

/** All migrations in order; a list of classes, so that it is the same from source and from compiled output. */
export const migrations = [
  { name: '20261124T000100-write-side', class: WriteSide },
  { name: '20261124T000200-read-models', class: ReadModels },
  { name: '20261125T000100-dead-letters', class: DeadLetters },
  { name: '20261125T000200-post-scan-sync', class: PostScanSync },
  { name: '20261125T000400-least-privilege', class: LeastPrivilege },
]

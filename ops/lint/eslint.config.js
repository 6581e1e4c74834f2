import tseslint from 'typescript-eslint'
import { fileNames } from './file-names.js'
import { noDefaultExport, noExportAll, noPartialTests } from './refused-syntax.js'
import { sessionSettings } from './session-settings.js'

const ROOT = new URL('../..', import.meta.url).pathname

/** These need types. A floating promise alone is worth their cost: its rejection ends a process. */
const typed = {
  '@typescript-eslint/consistent-type-imports': 'error',
  '@typescript-eslint/no-floating-promises': 'error',
  '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
  '@typescript-eslint/switch-exhaustiveness-check': ['error', { requireDefaultForNonUnion: false }],
}

const everywhere = {
  '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_+$' }],
  '@typescript-eslint/no-explicit-any': 'error',
  'daisi/file-names': 'error',
  'eqeqeq': 'error', 'no-var': 'error', 'prefer-const': 'error', 'no-duplicate-imports': ['error', { allowSeparateTypeImports: true }],
  'max-len': ['error', { code: 140, ignoreUrls: true, ignoreRegExpLiterals: true, ignoreTemplateLiterals: true }],
  'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'] }],
  'no-restricted-syntax': ['error', noExportAll, noDefaultExport],
}

/** The sizes of style guide 8. */
const sizes = {
  'max-lines': ['error', 200],
  'max-lines-per-function': ['error', { max: 30, skipBlankLines: true, skipComments: true }],
  'complexity': ['error', 8],
  'max-params': ['error', 4],
}

export default [
  { ignores: ['**/node_modules/**', '**/dist/**', '**/coverage/**', '**/generated/**', '**/*.generated.ts'] },
  {
    files: ['**/*.{ts,js,cjs}'],
    plugins: { '@typescript-eslint': tseslint.plugin, daisi: { rules: { 'file-names': fileNames, 'session-settings': sessionSettings } } },
    rules: everywhere,
  },
  {
    files: ['**/*.ts'],
    languageOptions: { parser: tseslint.parser, parserOptions: { project: `${ROOT}tsconfig.json`, tsconfigRootDir: ROOT } },
    rules: typed,
  },
  { files: ['**/*.{ts,js,cjs}'], ignores: ['test/**'], rules: { ...sizes, 'daisi/session-settings': 'error' } },
  { files: ['test/**'], rules: { 'no-restricted-syntax': ['error', noExportAll, noDefaultExport, ...noPartialTests] } },
  // eslint, codegen and mocha load a default export
  {
    files: ['ops/lint/eslint.config.js', 'ops/graphql/codegen.ts', 'test/support/reporter.ts', 'test/faults/reporter.ts'],
    rules: { 'no-restricted-syntax': ['error', noExportAll] },
  },
]

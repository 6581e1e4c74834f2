import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import ts from 'typescript'
import { exportedNames } from './exported-names.ts'

/**
 * `npm run unused`: fails when a name is exported that no other file imports. Types that the file's own signatures speak of are free.
 * Syntax is enough: imports carry the file's name.
 */

const FILES = '{domain,application,adapters,schemas,migrations,test,ops}/**/*.ts'
/** Written by codegen, or loaded by mocha, by names of theirs. */
const EXEMPT = /\/generated\/|^test\/support\/servers\.ts$/

const parse = (path: string): ts.SourceFile => ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true)

const ALL = '*'

const namesOf = (clause: ts.ImportClause | ts.NamedExportBindings | undefined): ReadonlyArray<string> => {
  const bindings = clause !== undefined && ts.isImportClause(clause) ? clause.namedBindings : clause
  if (bindings === undefined || ts.isNamespaceImport(bindings) || ts.isNamespaceExport(bindings)) return [ALL]
  return bindings.elements.map((element) => (element.propertyName ?? element.name).text)
}

interface Wanted { readonly from: ts.Node | undefined; readonly names: ReadonlyArray<string> }

/** What a node wants of another file: an import, an export from, `import()`, or the type `import()`. */
const wantedBy = (node: ts.Node): Wanted | undefined => {
  if (ts.isImportDeclaration(node)) return { from: node.moduleSpecifier, names: namesOf(node.importClause) }
  if (ts.isExportDeclaration(node)) return { from: node.moduleSpecifier, names: namesOf(node.exportClause) }
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) return { from: node.arguments[0], names: [ALL] }
  return ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) ? { from: node.argument.literal, names: [ALL] } : undefined
}

const collect = (file: ts.SourceFile, used: Set<string>): void => {
  const visit = (node: ts.Node): void => {
    if (ts.isTypeReferenceNode(node)) used.add(`${file.fileName}#${node.typeName.getText()}`)
    if (ts.isExpressionWithTypeArguments(node)) used.add(`${file.fileName}#${node.expression.getText()}`)
    const wanted = wantedBy(node)
    if (wanted?.from !== undefined && ts.isStringLiteral(wanted.from) && wanted.from.text.startsWith('.'))
      for (const name of wanted.names) used.add(`${join(dirname(file.fileName), wanted.from.text)}#${name}`)
    ts.forEachChild(node, visit)
  }
  visit(file)
}

const files = globSync(FILES).map(parse)
const used = new Set<string>()
for (const file of files) collect(file, used)
const unused = files.filter(({ fileName }) => !EXEMPT.test(fileName) && !used.has(`${fileName}#${ALL}`))
  .flatMap((file) => exportedNames(file).filter((name) => !used.has(`${file.fileName}#${name}`)).map((name) => `${file.fileName}: ${name}`))

if (files.length === 0) throw new Error('no file was read')
process.stdout.write([...unused, `${unused.length} unused exports in ${files.length} files`, ''].join('\n'))
process.exitCode = unused.length === 0 ? 0 : 1

/** No barrels, no default exports: a name is written the same wherever it is used, and its file is found by it. */
export const noExportAll = { selector: 'ExportAllDeclaration', message: 'Export by name.' }
export const noDefaultExport = { selector: 'ExportDefaultDeclaration', message: 'Export by name.' }

/** A test that does not run proves nothing, and one that runs alone hides the rest. */
export const noPartialTests = [
  {
    selector: 'MemberExpression[object.name=/^(describe|context|it|specify)$/][property.name=/^(only|skip)$/]',
    message: 'Run every test.',
  },
  { selector: 'CallExpression[callee.name=/^(xdescribe|xcontext|xit|xspecify)$/]', message: 'Run every test.' },
  { selector: 'CallExpression[callee.object.type="ThisExpression"][callee.property.name="skip"]', message: 'Run every test.' },
  { selector: 'CallExpression[callee.name="it"][arguments.length=1]', message: 'A test has a body.' },
]

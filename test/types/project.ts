import { dirname, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Source files by their path from the root of the repository, each with what is to be replaced and by what. */
export type Changes = Record<string, [pattern: RegExp, replacement: string]>

export interface Project {
  /** What the compiler complains of, as `file: message`. */
  check(changes?: Changes): string[]
}

/**
 * Type-checks a TypeScript project of this repository as it is, or as it would be with some changes: they are made in
 * memory, and what they do not touch is parsed once.
 */
export function openProject(tsconfig: string): Project {
  const path = `${root}${tsconfig}`
  const { config } = ts.readConfigFile(path, ts.sys.readFile)
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, dirname(path))
  const sources = fileNames.filter((name) => name.includes('/src/')) // `npm run check` sees to the tests
  const parsed = new Map<string, ts.SourceFile | undefined>()
  let program: ts.Program | undefined

  return {
    check(changes = {}) {
      const host = ts.createCompilerHost(options)
      const { getSourceFile } = host
      host.getSourceFile = (fileName, version) => {
        const change = changes[relative(root, fileName)]
        if (change) return ts.createSourceFile(fileName, changed(fileName, change), version)
        if (!parsed.has(fileName)) parsed.set(fileName, getSourceFile(fileName, version))
        return parsed.get(fileName)
      }
      const current = ts.createProgram(sources, options, host, program)
      program ??= current
      return ts.getPreEmitDiagnostics(current).map(format)
    },
  }
}

function changed(fileName: string, [pattern, replacement]: [RegExp, string]): string {
  const text = ts.sys.readFile(fileName) ?? ''
  const result = text.replace(pattern, replacement)
  if (result === text)
    throw new Error(`${relative(root, fileName)} has no ${pattern}: the type test must follow the source`)
  return result
}

const format = ({ file, messageText }: ts.Diagnostic) =>
  `${file ? relative(root, file.fileName) : ''}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`

// Biome formats and lints. ESLint is here for the rules that need to know types, which are the ones about promises.
import tseslint from 'typescript-eslint'

export default [
  { ignores: ['**/dist/', '**/node_modules/', 'test-results/', 'examples/', 'bench/', 'packages/sdk/{cjs,esm}/'] },
  {
    files: ['packages/*/{src,test}/**/*.ts', 'test/**/*.{ts,mjs}', 'scripts/**/*.mjs'],
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    plugins: { '@typescript-eslint': tseslint.plugin },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/prefer-promise-reject-errors': 'error',
      // Not awaiting inside try means that its catch never sees the failure.
      '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
    },
  },
]

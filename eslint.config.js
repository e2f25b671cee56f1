import js from '@eslint/js';
import importX from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/**
 * Which rooms a room may call, from the ground up. The files beside the rooms (`main.ts`, `import.command.ts`, `app.*`) tie them together and may call all.
 * @type {Record<string, string[]>}
 */
const ROOMS = {
  api: [],
  database: [],
  taxonomy: ['api'],
  audit: ['database'],
  accounts: ['api', 'audit', 'database'],
  thesaurus: ['accounts', 'api', 'audit', 'database', 'search/analyser', 'taxonomy'],
  search: ['api', 'database', 'taxonomy', 'thesaurus'],
  content: ['accounts', 'api', 'audit', 'database', 'search', 'taxonomy', 'thesaurus'],
  questions: ['accounts', 'api', 'audit', 'content', 'database', 'search', 'taxonomy', 'thesaurus'],
  advice: ['api', 'content', 'questions', 'search', 'taxonomy', 'thesaurus'],
  transfer: ['advice', 'api', 'audit', 'content', 'database', 'search', 'taxonomy', 'thesaurus'],
  operations: ['api', 'database', 'search'],
};

const zones = Object.entries(ROOMS).map(([room, calls]) => ({
  target: `./src/${room}`,
  from: './src',
  except: [`./${room}`, './config.ts', './worker.ts', ...calls.map((called) => `./${called}`)],
  message: `${room}/ may call only: ${['itself', ...calls].join(', ')} (eslint.config.js).`,
}));

export default tseslint.config(
  { ignores: ['dist', 'coverage', 'data', 'node_modules'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { 'import-x': importX },
    settings: {
      'import-x/ignore': ['node_modules'],
      'import-x/resolver-next': [importX.createNodeResolver({ extensionAlias: { '.js': ['.ts', '.js'] } })] },
    rules: {
      'max-lines': ['error', 300],
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'import-x/no-restricted-paths': ['error', { zones }],
      '@typescript-eslint/no-floating-promises': 'error',
      // Answers are plain objects of the shape that their class describes.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      // Nest's modules are classes with nothing but decorators.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      // Answers of the API are what the test says they are.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      '@typescript-eslint/no-misused-spread': 'off',
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    files: ['**/*.js'],
    languageOptions: { globals: { process: 'readonly', URL: 'readonly', console: 'readonly' } },
  },
);

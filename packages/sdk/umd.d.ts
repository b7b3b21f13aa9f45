export * from './dist/clerk-sdk-node.umd.js'
export { default } from './dist/clerk-sdk-node.umd.js'

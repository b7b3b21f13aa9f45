export * from './dist/instance.js'
export { default } from './dist/instance.js'

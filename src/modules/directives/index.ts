export { type Sentence, sentenceOf } from './actions/read.ts'
export { directives } from './routes.ts'
export { titlesOf } from './store.ts'

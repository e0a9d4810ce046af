import { useWords } from '#web/words.ts'
import { en } from './words/en.ts'
import { zh } from './words/zh.ts'

/** Words of the library's pages. */
export const words = { 'zh-CN': zh, en }
export const useT = () => useWords('basis', words)

import { fold } from './fold.ts'

/** What a title is found by: without quotation marks and blanks, without 中华人民共和国 and a leading 中国共产党, without the note of a version at its end. */
export function nameKey(title: string): string {
  const bare = fold(title)
    .replaceAll(/[《》〈〉<>“”"\s]/g, '')
    .replace(/（(?:[^（）]*(?:修[正订改]|试行|暂行|草案|年|版|本)[^（）]*)）$/, '')
  const short = bare.replaceAll('中华人民共和国', '').replace(/^中国共产党(?=.)/, '')
  return short === '' ? bare : short
}

/** Every key that a law of this title, with these other names, is found by. */
export const nameKeys = (title: string, aliases: readonly string[] = []): string[] => [
  ...new Set([title, ...aliases].map(nameKey).filter((key) => key !== '')),
]

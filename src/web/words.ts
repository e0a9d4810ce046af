import i18next, { type TOptions } from 'i18next'
import { initReactI18next, useTranslation } from 'react-i18next'
import type { Lang } from '#kernel/errors.ts'
import en from './words/en.json' with { type: 'json' }
import zh from './words/zh-CN.json' with { type: 'json' }

/** Words in both languages: the shell's and the kit's here, a module's beside its pages. */

/** A module's words; the same keys in both. English may add `_one` and `_other` to a key that counts. */
export type Words = { 'zh-CN': Record<string, string>; en: Record<string, string> }
/** Words as pairs, so that one cannot be without the other: `inBoth({ title: ['公车封存', 'Sealed cars'] })`. */
export const inBoth = <K extends string>(pairs: Record<K, readonly [zh: string, en: string]>) => {
  const take = (i: 0 | 1) =>
    Object.fromEntries(Object.entries<readonly [string, string]>(pairs).map(([key, pair]) => [key, pair[i]])) as Record<K, string>
  return { 'zh-CN': take(0), en: take(1) }
}
type Stem<K> = K extends `${infer S}_${'one' | 'other'}` ? S | K : K
/** A key of either language. */
export type KeyOf<W extends Words> = Stem<keyof W['zh-CN'] & string>
/** The word of a key, its `{{places}}` filled. */
export type Say<K extends string = string> = (key: K, fill?: TOptions) => string
export type ShellKey = Stem<keyof typeof zh>

const stored = 'zelian.lang'

function firstLang(): Lang {
  const kept = localStorage.getItem(stored)
  if (kept === 'en' || kept === 'zh-CN') return kept
  return /^en\b/i.test(navigator.language) ? 'en' : 'zh-CN'
}

/** Before the first page is drawn. */
export async function startWords(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: firstLang(),
    fallbackLng: 'zh-CN',
    defaultNS: 'shell',
    ns: ['shell'],
    resources: { 'zh-CN': { shell: zh }, en: { shell: en } },
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  })
  document.documentElement.lang = langNow()
}

export const langNow = (): Lang => (i18next.language === 'en' ? 'en' : 'zh-CN')

/** Changes the language of the page, and keeps it for the next time. */
export async function speak(lang: Lang): Promise<void> {
  localStorage.setItem(stored, lang)
  document.documentElement.lang = lang
  await i18next.changeLanguage(lang)
}

/** A shell's word outside of components. */
export const say: Say<ShellKey> = (key, fill) => i18next.t(key, { ns: 'shell', ...fill })

/** The shell's and the kit's words. */
export function useSay(): Say<ShellKey> {
  const { t } = useTranslation('shell')
  return (key, fill) => t(key, fill ?? {})
}

/** The language in use; the component is drawn again when it changes. */
export function useLang(): Lang {
  return useTranslation('shell').i18n.language === 'en' ? 'en' : 'zh-CN'
}

/** A module's words, registered with the first page that uses them: `const t = useWords('duties', words)`. */
export function useWords<W extends Words>(name: string, words: W): Say<KeyOf<W>> {
  if (!i18next.hasResourceBundle('zh-CN', name)) {
    i18next.addResourceBundle('zh-CN', name, words['zh-CN'])
    i18next.addResourceBundle('en', name, words.en)
  }
  const { t } = useTranslation(name)
  return (key: string, fill?: TOptions) => t(key, fill ?? {})
}

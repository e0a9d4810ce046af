/** The kinds of things found, as one reads them. */
export const searchWords = {
  'zh-CN': { person: '人', unit: '机构', directive: '部署', duty: '责任', act: '纪实', article: '依据' },
  en: { person: 'Person', unit: 'Unit', directive: 'Directive', duty: 'Duty', act: 'Act', article: 'Basis' },
} as const

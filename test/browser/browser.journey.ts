import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser } from './launch.ts'
import { keep, seriousFindings } from './page.ts'

describe('the browser of the journeys', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launchBrowser()
  }, 90_000)
  afterAll(() => browser?.close())

  test('draws Chinese, in a serif and a sans face that differ, and not as empty boxes', async () => {
    const page = await browser.newPage({ viewport: { width: 720, height: 420 } })
    const line = (family: string, weight: number) => `<p style="font: ${weight} 40px ${family}">责廉 镕喆堃㛃 ￥1,200 ● ▲ ■ ${weight}</p>`
    await page.setContent(
      `<html lang="zh-CN"><title>字</title><body>${['serif', 'sans-serif'].flatMap((f) => [400, 600, 700].map((w) => line(f, w))).join('')}</body></html>`,
    )
    await keep(page, 'faces')
    const ink = await page.evaluate(() => {
      const draw = (text: string, font: string) => {
        const canvas = Object.assign(document.createElement('canvas'), { width: 64, height: 64 })
        const pen = canvas.getContext('2d')
        if (!pen) throw new Error('no canvas')
        pen.font = font
        pen.fillText(text, 8, 50)
        return canvas.toDataURL()
      }
      return {
        ze: draw('责', '40px serif'),
        lian: draw('廉', '40px serif'),
        sans: draw('责', '40px sans-serif'),
        bold: draw('责', '700 40px serif'),
      }
    })
    // A face without the character would draw the same box for each.
    expect(new Set(Object.values(ink)).size).toBe(4)
    await page.close()
  })

  test('finds what a reader with a screen reader would stumble over, and nothing on a sound page', async () => {
    const page = await browser.newPage()
    const html = (body: string) =>
      `<!doctype html><html lang="zh-CN"><head><title>页</title></head><body><main>${body}</main></body></html>`
    await page.setContent(html('<h1>态势</h1><p>一切正常</p>'))
    expect(await seriousFindings(page)).toEqual([])
    await page.setContent(html('<h1>态势</h1><button></button>'))
    expect(await seriousFindings(page)).toEqual([{ id: 'button-name', impact: 'critical', nodes: ['button'] }])
    await page.close()
  })
})

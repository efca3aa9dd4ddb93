// Draws icon.png from icon.svg, with the Chromium of the tests: the marketplace wants a PNG.

import { readFile } from "node:fs/promises";

import { chromium } from "playwright-core";

const folder = import.meta.dirname;
const svg = await readFile(`${folder}/icon.svg`, "utf8");
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
const page = await browser.newPage({ viewport: { width: 256, height: 256 } });
await page.setContent(`<style>body { margin: 0 } svg { display: block; width: 256px }</style>${svg}`);
await page.screenshot({ path: `${folder}/icon.png`, omitBackground: true });
await browser.close();

// Firefox, driven over WebDriver BiDi by puppeteer-core: one line of JSON in, one out.
//
// node firefox.mjs <folder of packages> <program> <folder for downloads>

import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const [packages, program, downloads] = process.argv.slice(2);
const puppeteer = createRequire(packages + "/")("puppeteer-core");

const browser = await puppeteer.launch({
  browser: "firefox",
  executablePath: program,
  protocolTimeout: 60000,
  defaultViewport: { width: 1366, height: 768 },
  extraPrefsFirefox: { "browser.download.folderList": 2, "browser.download.dir": downloads },
});
// A page of its own: the first one never has the focus, and keys press no button there.
const page = await browser.newPage();
const noticed = { errors: [], requests: [] };
page.on("pageerror", (error) => noticed.errors.push(String(error)));
page.on("request", (request) => noticed.requests.push(request.url()));

const actions = {
  open: async (address) => void (await page.goto(address, { waitUntil: "domcontentloaded" })),
  evaluate: (expression) => page.evaluate(expression),
  click: async (element) => (await page.evaluateHandle(element)).click(),
  press: (key) => page.keyboard.press(key),
  noticed: () => noticed,
};

for await (const line of createInterface({ input: process.stdin })) {
  const { action, argument } = JSON.parse(line);
  let answer;
  try {
    answer = { value: (await actions[action](argument)) ?? null };
  } catch (error) {
    answer = { error: String(error) };
  }
  console.log(JSON.stringify(answer));
}
await browser.close();

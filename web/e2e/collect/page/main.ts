// ODK Web Forms on a page, as a host puts it there: gets one form and its files from the server, and sends what is filled in. Used by tests alone.
//   ?collect=ADDRESS  of an app user    &form=ID    &lang=ar    the page's language and direction
import { OdkWebForm, POST_SUBMIT__NEW_INSTANCE, webFormsPlugin } from '@getodk/web-forms';
import type { MonolithicInstancePayload } from '@getodk/xforms-engine';
import { createApp, h, type Component } from 'vue';

const asked = new URLSearchParams(location.search);
const address = asked.get('collect')!;
document.documentElement.lang = asked.get('lang') ?? 'en';
document.documentElement.dir = document.documentElement.lang === 'ar' ? 'rtl' : 'ltr';

const headers = { 'X-OpenRosa-Version': '1.0' };
const get = (url: string): Promise<Response> => fetch(url, { headers });
const xml = async (url: string): Promise<Document> => new DOMParser().parseFromString(await (await get(url)).text(), 'application/xml');
const part = (of: Element, name: string): string | undefined => [...of.children].find((x) => x.localName === name)?.textContent?.trim();

const listed = [...(await xml(`${address}/formList`)).documentElement.children].find((x) => part(x, 'formID') === asked.get('form'))!;
const formXml = await (await get(part(listed, 'downloadUrl')!)).text();
const manifest = part(listed, 'manifestUrl');
const files = new Map(manifest ? [...(await xml(manifest)).documentElement.children].map((x) => [part(x, 'filename')!, part(x, 'downloadUrl')!]) : []);

async function send(payload: MonolithicInstancePayload, then: (next: { next: symbol }) => void): Promise<void> {
  const answer = await fetch(`${address}/submission`, { method: 'POST', headers, body: payload.data[0] as unknown as FormData });
  const said = new DOMParser().parseFromString(await answer.text(), 'application/xml').documentElement;
  document.querySelector('#answer')!.textContent = `${answer.status} ${part(said, 'message') ?? ''}`;
  if (answer.status === 201 || answer.status === 202) then({ next: POST_SUBMIT__NEW_INSTANCE });
}

createApp({
  render: () =>
    h(OdkWebForm as Component, {
      formXml,
      fetchFormAttachment: (file: URL) => get(files.get(decodeURIComponent(file.pathname.split('/').at(-1)!)) ?? 'nowhere'),
      preloadProperties: { deviceID: 'web:desk-1' },
      onSubmit: send,
    }),
})
  .use(webFormsPlugin)
  .mount('#form');

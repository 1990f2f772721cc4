import { HttpProblem, isProblemCode, negotiate, PAGE_POLICY, PROBLEM_LANGUAGES, specOf, type ProblemCode } from '#http';
import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { Public } from './actor.guard.ts';
import { json } from './json.ts';
import { header, type Reply, type Request } from './request.ts';
import type { Spoor } from './spoor.ts';
import { OPENAPI, SPOOR } from './tokens.ts';

/** What can be asked of the server: for anyone. */
@Public()
@Controller()
export class AboutController {
  constructor(
    @Inject(SPOOR) private readonly spoor: Spoor,
    @Inject(OPENAPI) private readonly openapi: string,
  ) {}

  @Get()
  index(@Res() reply: Reply): void {
    json(reply, {
      name: 'Spoor',
      docs: '/api/docs',
      openapi: '/openapi.json',
      health: '/health',
      stack: this.spoor.stack,
    });
  }

  @Get('openapi.json')
  document(@Res() reply: Reply): void {
    reply.header('content-type', 'application/json; charset=utf-8').send(this.openapi);
  }

  @Get('problems/:code')
  problem(@Req() request: Request, @Res() reply: Reply): void {
    const { code } = request.params as { readonly code: string };
    if (!isProblemCode(code)) throw new HttpProblem('no-such-page');
    if (header(request, 'accept')?.includes('text/html') !== true) {
      const { status, title, detail } = specOf(code);
      json(reply, {
        code,
        status,
        title: byLanguage(title),
        ...(detail !== undefined && { detail: byLanguage(detail) }),
      });
      return;
    }
    reply
      .headers({ 'content-type': 'text/html; charset=utf-8', 'content-security-policy': PAGE_POLICY })
      .send(page(code, negotiate(header(request, 'accept-language'))));
  }
}

const byLanguage = (words: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(PROBLEM_LANGUAGES.map((language, at) => [language, words[at]!]));

/** The problem explained, in the reader's language first. */
function page(code: ProblemCode, first: string): string {
  const { status, title, detail } = specOf(code);
  const parts = PROBLEM_LANGUAGES.map((language, at) => ({
    language,
    text: `<section lang="${language}"><h2>${escaped(title[at]!)}</h2><p>${escaped(detail?.[at] ?? '')}</p></section>`,
  })).sort((a, b) => Number(b.language === first) - Number(a.language === first));
  return `<!doctype html><html lang="${first}"><meta charset="utf-8"><title>${code}</title><main><h1>${code} (${status})</h1>${parts
    .map(({ text }) => text)
    .join('')}</main></html>`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (character) => ENTITIES[character]!);

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { PAGE_POLICY } from '#http';
import { Controller, Get, Res } from '@nestjs/common';
import { Public } from './actor.guard.ts';
import type { Reply } from './request.ts';

const { resolve } = createRequire(import.meta.url);
const fromSwagger = (file: string): Buffer => readFileSync(resolve(`swagger-ui-dist/${file}`));

const PAGE = `<!doctype html>
<html lang="en">
  <meta charset="utf-8" />
  <meta name="viewport" content="width=device-width" />
  <title>Spoor API</title>
  <link rel="icon" href="data:," />
  <link rel="stylesheet" href="/api/docs/swagger-ui.css" />
  <div id="docs"></div>
  <script src="/api/docs/swagger-ui-bundle.js"></script>
  <script src="/api/docs/start.js"></script>
</html>
`;

const START = `SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#docs',
  validatorUrl: null,
  queryConfigEnabled: false,
  deepLinking: true,
  docExpansion: 'none',
  defaultModelsExpandDepth: 0,
  persistAuthorization: true,
});
`;

/** The API to leaf through and to try, from files of this machine only. */
@Public()
@Controller('api/docs')
export class DocsController {
  readonly #script = fromSwagger('swagger-ui-bundle.js');
  readonly #styles = fromSwagger('swagger-ui.css');

  @Get()
  page(@Res() reply: Reply): void {
    reply.headers({ 'content-type': 'text/html; charset=utf-8', 'content-security-policy': PAGE_POLICY }).send(PAGE);
  }

  @Get('start.js')
  start(@Res() reply: Reply): void {
    reply.header('content-type', 'text/javascript; charset=utf-8').send(START);
  }

  @Get('swagger-ui-bundle.js')
  script(@Res() reply: Reply): void {
    reply.header('content-type', 'text/javascript; charset=utf-8').send(this.#script);
  }

  @Get('swagger-ui.css')
  styles(@Res() reply: Reply): void {
    reply.header('content-type', 'text/css; charset=utf-8').send(this.#styles);
  }
}

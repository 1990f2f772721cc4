import { API, flat, HttpProblem, ID } from '#http';
import type { Position } from '#kernel';
import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { EventStream } from './event-stream.ts';
import { header, target, type Reply, type Request } from './request.ts';
import type { Spoor } from './spoor.ts';
import { SPOOR } from './tokens.ts';

const PARAMETERS = ['network', 'topics', 'lastEventId'];

@Controller()
export class StreamController {
  constructor(
    @Inject(SPOOR) private readonly spoor: Spoor,
    @Inject(EventStream) private readonly stream: EventStream,
  ) {}

  @Get(`${API}/stream`)
  async follow(@Req() request: Request, @Res() reply: Reply): Promise<void> {
    const given = flat(target(request).query, (name) => PARAMETERS.includes(name));
    const topics = this.topicsOf(given.get('topics'));
    const networks = () => this.networksFor(request, given.get('network'));
    if ((await networks()) === null) throw new HttpProblem('not-found');
    const after = await this.placeOf(header(request, 'last-event-id') ?? given.get('lastEventId'));
    if (this.stream.full) throw new HttpProblem('rate-limited');
    reply.headers({
      'content-type': 'text/event-stream; charset=utf-8',
      'stream-resumed-from': after ?? 'earliest',
      'x-accel-buffering': 'no',
      connection: 'close',
    });
    reply.hijack();
    reply.raw.writeHead(200, reply.getHeaders() as Record<string, string>);
    if (request.raw.method === 'HEAD') reply.raw.end();
    else await this.stream.listen(reply.raw, { after, topics, networks });
  }

  private topicsOf(given: string | undefined): ReadonlySet<string> | undefined {
    if (given === undefined) return undefined;
    const topics = new Set(given.split(','));
    const unknown = [...topics].filter((topic) => !this.stream.topics.has(topic));
    if (unknown.length > 0) throw wrong('topics', `holds some of ${[...this.stream.topics].join(', ')}`);
    return topics;
  }

  /** The networks that the caller may hear of now; null when the one asked for is not among them. */
  private async networksFor(request: Request, asked: string | undefined): Promise<ReadonlySet<string> | null> {
    if (asked !== undefined && !ID.test(asked)) throw wrong('network', 'is an id (lower-case UUID)');
    const networks = await this.spoor.networksOf(request.actor!);
    if (asked === undefined) return networks;
    return networks.has(asked) ? new Set([asked]) : null;
  }

  /** After what to begin: nothing, what the client has seen, or all that there is now. */
  private async placeOf(given: string | undefined): Promise<Position | null> {
    const { position: head } = await this.spoor.events.head();
    if (given === undefined) return head;
    if (given === 'earliest') return null;
    // What is no place here, or lies after the end, is one in another log: to begin there would be a gap that nobody sees.
    if (head === null || given > head || given.length !== head.length || !/^[0-9a-f]+$/.test(given))
      throw new HttpProblem('unknown-token', {
        errors: [{ header: 'last-event-id', code: 'unknown-token', message: 'is not a place in this log' }],
      });
    return given as Position;
  }
}

const wrong = (parameter: string, message: string): HttpProblem =>
  new HttpProblem('invalid-parameter', { errors: [{ parameter, code: 'invalid-parameter', message }] });

import { canonical, nothing, plain } from '#kernel';
import { reject, type Decide } from '../rejections.ts';
import type { DiscloseFigures } from './commands.ts';
import type { DisclosedEvent } from './events.ts';
import { releasesOf, type Disclosed } from './state.ts';

/** Two releases of the same figures never pass one another: each was checked against all that were told before it. */
export const disclose: Decide<DiscloseFigures, Disclosed, DisclosedEvent> = (command, disclosed) => {
  const { indicator, release, considered } = command;
  const told = releasesOf(disclosed);
  if (told.includes(release)) return nothing;
  if (canonical(plain(told)) !== canonical(plain(considered))) return reject('check-outdated', { indicator });
  return { type: 'FiguresDisclosed', data: { indicator, release } };
};

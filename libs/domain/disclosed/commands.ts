import { Command, Id, Ids } from '../commands.ts';

/** Given for the release that is published. */
export class DiscloseFigures extends Command {
  @Id() readonly indicator!: string;
  @Id() readonly release!: string;
  @Ids(0, 100_000, 'The releases that its check has taken into account.') readonly considered!: readonly string[];
}

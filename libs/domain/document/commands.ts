import { Cents, Command, Id, One, SupportingDocumentGiven } from '../commands.ts';

/** Given for the expenditure that rests on the document. */
export class ClaimDocument extends Command {
  @One(() => SupportingDocumentGiven) readonly document!: SupportingDocumentGiven;
  @Id() readonly grant!: string;
  @Id() readonly network!: string;
  @Id() readonly claim!: string;
  @Cents(0) readonly grantCents!: number;
}

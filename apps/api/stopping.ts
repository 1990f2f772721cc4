/** Whether the server is on its way down: it finishes what it has and takes nothing new. */
export class Stopping {
  begun = false;
}

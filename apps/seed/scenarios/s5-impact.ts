import { indicator, measure, year } from '../impact.ts';
import { as, type Part, type Step } from '../scenario.ts';

const backOffice = as('back-office', 'coordinator-oudenaarde');

const told = (of: number, indicator: string, value: number): Step =>
  measure(`${of + 1}-01-18`, backOffice, indicator, { network: 'oudenaarde', period: year(of), value });

/** 8: who has a pass, and how often it was used. */
export const impact: Part = {
  name: 'oudenaarde-impact',
  steps: [
    indicator('2013-12-09', backOffice, 'ind-houders', {
      network: 'oudenaarde',
      code: 'ok-pas-houders',
      title: 'Houders van een OK-pas',
      definition: 'Mensen die op 31 december een geldige OK-pas hebben.',
      unit: 'count',
      rba: 'how-much',
      aggregation: 'last',
      frequency: 'yearly',
      validFrom: '2014-01-01',
      more: { objectives: ['O1'] },
    }),
    indicator('2013-12-09', backOffice, 'ind-deelnames', {
      network: 'oudenaarde',
      code: 'deelnames',
      title: 'Deelnames met de OK-pas',
      definition: 'Keren dat iemand met de pas aan een activiteit deelnam.',
      unit: 'count',
      rba: 'how-much',
      aggregation: 'sum',
      frequency: 'yearly',
      validFrom: '2014-01-01',
      more: { objectives: ['O1'] },
    }),
    told(2014, 'ind-houders', 412),
    told(2015, 'ind-houders', 486),
    told(2015, 'ind-deelnames', 3_906),
  ],
};

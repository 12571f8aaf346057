// Text that wants to be more than text.

const WORD = "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft".repeat(2);

export const HOSTILE = {
  /** For fields of one line. */
  text: `"><script>window.hit=1</script><img src=x onerror="window.hit=1">'&amp;{{7*7}}\u202e${WORD}\u0000`,
  /** For fields of many. */
  lines: `--></textarea><script>window.hit=1</script>\r\n"onmouseover="window.hit=1" \u202e${WORD}\n\u0000</title><svg onload=window.hit=1>`,
  /** For the name of a file. */
  file: `"><img src=x onerror=window.hit=1>;name=x\u202e${WORD.slice(0, 120)}.csv`,
};

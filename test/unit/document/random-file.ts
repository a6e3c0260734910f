import type { Random } from "./random.ts";

const lines = [
  "const x = 1;",
  "",
  "  ",
  "    indented",
  "\tx",
  "'</script>'",
  "'<\\/script>'",
  "<!-- note -->",
  "<!--",
  "<script>",
  "-->",
  "a < b && c > d",
  "é 🙂",
  "</script",
  "&amp; <b>",
  "`a`",
];

/** Source text as people write it, and as they should not. */
export function randomSource(random: Random): string {
  return Array.from({ length: 1 + random.below(4) }, () => random.pick(lines)).join("\n");
}

const types = [
  "module",
  "text/x-typescript",
  "text/markdown",
  "text/html",
  "application/sql",
  "application/x-tex",
  "text/vnd.graphviz",
  "application/vnd.node.javascript",
  "text/x-python",
  "text/x-r",
  "application/vnd.observable.javascript",
];

const safe = [
  "const x = 1;",
  "",
  "  ",
  "    indented",
  "\tx",
  "'<\\/script>'",
  "a < b",
  "é 🙂",
  "&amp; <b>",
  "{x}",
];

/** A notebook file in any style that a hand or a program may give it. */
export function randomFile(random: Random): string {
  const eol = random.pick(["\n", "\n", "\r\n"]);
  const count = random.below(5);
  const cells = Array.from(
    { length: count },
    (_, index) => between(random, eol) + script(random, index + 1, eol),
  );
  const head = random.pick([
    "<!doctype html>",
    "<!DOCTYPE HTML>",
    "\ufeff<!doctype html>",
    "",
    "<!-- top -->",
  ]);
  const open = random.pick([
    "<notebook>",
    '<notebook theme="slate">',
    "<NOTEBOOK readonly>",
    "<notebook\n a='<b>'>",
  ]);
  const title = random.pick([
    "<title>T &amp; t</title>",
    "<title></title>",
    "",
    "<Title lang=en>é</Title>",
    "<title>&eacute;&#x1F642; &lt;b> &#65 </title>",
  ]);
  return head + eol + open + eol + title + cells.join("") + between(random, eol) + end(random, eol);
}

function between(random: Random, eol: string): string {
  return random.pick([
    `${eol}  `,
    `${eol}  `,
    `${eol}${eol}  `,
    "",
    `${eol}  <!-- <script> -->${eol}  `,
    `${eol}  <template><script>0</script></template>`,
    `${eol}  <p title="</notebook>">a &amp; b<br/></p>${eol}`,
    "<!--> --><!---->",
    `${eol}\t`,
  ]);
}

function end(random: Random, eol: string): string {
  return random.pick([`</notebook>${eol}`, "</notebook>", `</notebook >${eol}<p>after</p>`, ""]);
}

function script(random: Random, index: number, eol: string): string {
  const id = random.pick([
    `id="${index}"`,
    `id="${index * 3}"`,
    `id=${index}`,
    "",
    'id="1"',
    'id="x"',
    "ID='2.7'",
  ]);
  const type = random.chance(0.9) ? `type="${random.pick(types)}"` : random.pick(["", 'type=""', "type"]);
  const more = [
    "pinned",
    'pinned=""',
    "hidden",
    'output="out"',
    "database='main'",
    'format="json"',
    'data-a="1 &lt; 2"',
    "data-b=&quot;&#x41;&#8217;&copy",
    "x:y-z='&unknown; &nbsp;'",
    "output=second",
  ];
  const extra = more.filter(() => random.chance(0.2));
  const ours = ['place="kernel"', 'run="once"', 'name="a &quot;b&quot;"'].filter(() => random.chance(0.15));
  const attributes = [id, type, ...extra, ...ours]
    .filter(Boolean)
    .join(random.pick([" ", " ", "  ", `${eol}    `]));
  const open = `<${random.pick(["script", "script", "SCRIPT"])} ${attributes}>`;
  return open + body(random, eol) + random.pick(["</script>", "</script>", "</SCRIPT >"]);
}

function body(random: Random, eol: string): string {
  const rows = Array.from({ length: random.below(4) }, () => random.pick(safe));
  if (random.chance(0.2)) return rows.join(eol);
  const indent = random.chance(0.8) ? "    " : "";
  return `${eol}${rows.map((row) => (row ? indent + row : "")).join(eol)}${eol}  `;
}

const debris = [
  "<",
  ">",
  '"',
  "'",
  "<!--",
  "-->",
  "<script",
  "</script>",
  "</notebook>",
  "\0",
  "\ufffd",
  "=",
  "&",
  "/",
];

/** A file with pieces cut out, doubled, or thrown in. */
export function mutated(random: Random, file: string): string {
  let text = file;
  for (let times = 1 + random.below(4); times > 0; times--) {
    const at = random.below(text.length + 1);
    const to = Math.min(text.length, at + random.below(12));
    const put = random.pick([random.pick(debris), "", text.slice(at, to).repeat(2)]);
    text = text.slice(0, at) + put + text.slice(random.chance(0.5) ? at : to);
  }
  return text;
}

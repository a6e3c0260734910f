import { describe, expect, test } from "vitest";
import { parseInto } from "../../../kernel/reports/dom.ts";
import { sanitize } from "../../../kernel/reports/sanitize.ts";
import { settleInputs } from "../../../kernel/reports/settled-inputs.ts";

function clean(html: string, images: Readonly<Record<string, string>> = {}): string {
  const root = parseInto("div", html);
  settleInputs(root);
  sanitize(root, (address) => images[address] ?? null);
  return root.innerHTML;
}

describe("a report holds nothing that runs", () => {
  const attacks: readonly string[] = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<img src=x onerror=alert(1)>",
    '<p onclick="alert(1)" ONMOUSEOVER=alert(1)>p</p>',
    '<a href="javascript:alert(1)">a</a>',
    '<a href=" java&#9;script:alert(1)">a</a>',
    '<a href="&#1;javascript:alert(1)">a</a>',
    '<a href="vbscript:x">a</a>',
    '<a href="data:text/html,<script>alert(1)</script>">a</a>',
    '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
    "<svg><script>alert(1)</script></svg>",
    '<svg><set attributeName="href" to="javascript:alert(1)"/></svg>',
    '<svg><animate attributeName="xlink:href" values="javascript:alert(1)"/></svg>',
    '<svg><foreignObject><iframe src="javascript:alert(1)"></iframe></foreignObject></svg>',
    '<svg><use href="https://evil.example/x.svg#y"/></svg>',
    '<math><mi xlink:href="javascript:alert(1)">x</mi></math>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<object data="javascript:alert(1)"></object>',
    '<embed src="javascript:alert(1)">',
    '<form action="javascript:alert(1)"><button formaction="javascript:alert(1)">x</button></form>',
    '<base href="https://evil.example/">',
    '<meta http-equiv="refresh" content="0;url=javascript:alert(1)">',
    '<link rel="stylesheet" href="https://evil.example/x.css">',
    '<style>@import "https://evil.example/x.css"; p { background: url(https://evil.example/x.png) }</style>',
    '<p style="background: url(https://evil.example/x.png)">x</p>',
    '<p style="background: \\75rl(https://evil.example/x.png)">x</p>',
    "<p style=\"background: u/**/rl(https://evil.example/x.png); x: url( '//evil.example/x' )\">x</p>",
    '<p style="width: expression(alert(1)); behavior: url(x.htc)">x</p>',
    '<rect fill="url(https://evil.example/x.svg#p)"></rect>',
    '<img src="https://evil.example/pixel.png"><img srcset="https://evil.example/p.png 2x">',
    '<table background="https://evil.example/x.png"><tr><td>x</table>',
    '<video poster="https://evil.example/x.png" src="https://evil.example/x.mp4"></video>',
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<svg><title><img src=x onerror=alert(1)></title></svg>",
    '<math><annotation-xml encoding="text/html"><img src=x onerror=alert(1)></annotation-xml></math>',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
    "<!--><img src=x onerror=alert(1)>-->",
    "<xmp><img src=x onerror=alert(1)></xmp>",
    "<p x/onclick=alert(1)>p</p>",
    "<template><img src=x onerror=alert(1)></template>",
    "<input autofocus onfocus=alert(1)>",
    "<details ontoggle=alert(1) open><summary>s</summary></details>",
  ];
  test.each(attacks)("%s", (attack) => {
    const html = clean(`<div>${attack}</div>`);
    const bare = html.replace(/&lt;[\s\S]*?(&gt;|$)/g, "");
    expect(bare).not.toMatch(
      /script|<[^>]*\son\w+\s*=|evil\.example|expression\(|behavior|iframe|<img|data:text/i,
    );
  });
});

test("documents, tables, drawings and formulas stay as they are", () => {
  const kept = [
    '<h2 id="a">Title</h2>',
    "<p>Some <em>text</em> with <code>a &lt; b</code></p>",
    '<table><thead><tr><th scope="col">a</th></tr></thead><tbody><tr><td class="pc-right">1</td></tr></tbody></table>',
    '<svg viewBox="0 0 10 10" fill="none"><path d="M0,0L1,1" stroke="currentColor"></path></svg>',
    "<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math>",
    "<details><summary>more</summary><p>text</p></details>",
  ];
  for (const html of kept) {
    const plain = clean(html).replace(/(<(\w+)[^>]*?) ?\/>/g, "$1></$2>");
    expect(plain).toBe(html);
  }
});

test("references inside of a drawing stay, those to the outside go", () => {
  const html = clean('<svg><rect clip-path="url(#clip-1)" fill="url(#g)"/><use href="#mark"/></svg>');
  expect(html).toContain('clip-path="url(#clip-1)"');
  expect(html).toContain('href="#mark"');
});

test("links to pages stay, and do not tell where they were read", () => {
  expect(clean('<a href="https://example.org/a?b=1" target="_blank">x</a>')).toBe(
    '<a rel="noopener noreferrer" href="https://example.org/a?b=1">x</a>',
  );
  expect(clean('<a href="#part">x</a>')).toBe('<a href="#part">x</a>');
  expect(clean('<a href="/etc/passwd">x</a>')).not.toContain("href");
});

test("pictures of the workspace are carried inside, others become their description", () => {
  const images = { "plan.png": "data:image/png;base64,AAAA" };
  expect(clean('<img src="plan.png" alt="Plan">', images)).toBe(
    '<img src="data:image/png;base64,AAAA" alt="Plan">',
  );
  expect(clean('<img src="https://example.org/far.png" alt="Far away">')).toBe(
    "[image not included: Far away]",
  );
  expect(clean('<img src="../secret/far.png">')).toBe("[image not included: far.png]");
});

test("what a chart's own style sheet says of its marks stays", () => {
  const html = clean(
    "<svg><style>:where(.plot-1) { --plot-background: white; } .a > .b { fill: red }</style></svg>",
  );
  expect(html).toContain("--plot-background: white");
  expect(html).toContain("fill: red");
});

test("an element that nobody knows goes, its text stays", () => {
  expect(clean("<p>a <blink-text onx=1>b <b>c</b></blink-text></p>")).toBe("<p>a b <b>c</b></p>");
});

test("no text that a cell can show breaks the report, whatever it is cut from", () => {
  const pieces =
    "<p> </p> <svg> </svg> <style> </style> <!-- --> <![CDATA[ ]]> <!doctype&nbsp;html> <?xml&nbsp;?> <a&nbsp;href=# <img&nbsp;src= onerror=x > < / \" ' = <table> <tr> <form> <input> </form> <select> <option> <title> </title> <textarea> <math> <br/> <x:y> & &lt; &#0; url( \\75 <script> </script> <template> </template> text".split(
      " ",
    );
  let state = 7;
  const next = (below: number) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  for (let round = 0; round < 2000; round++) {
    const html = Array.from({ length: 1 + next(14) }, () =>
      (pieces[next(pieces.length)] ?? "").replace("&nbsp;", " "),
    ).join("");
    const once = clean(html);
    expect(once.replace(/"[^"]*"/g, '""'), html).not.toMatch(/<script|<[^>]*\sonerror\s*=/i);
    expect(() => clean(once), html).not.toThrow();
  }
});

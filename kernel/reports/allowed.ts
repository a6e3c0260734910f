const words = (text: string) => text.trim().split(/\s+/);

/** Elements that go with all that is in them. */
export const dropTags: ReadonlySet<string> = new Set(
  words(`script iframe frame frameset object embed applet noscript template base meta link head
    audio video source track portal dialog foreignobject annotation-xml math-script button input select
    option optgroup textarea datalist`),
);

const document = `a abbr address article aside b bdi bdo blockquote br caption cite code col colgroup data dd del
  details dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd label legend li
  main mark meter nav ol output p pre progress q rp rt ruby s samp section small span strong style sub summary
  sup table tbody td tfoot th thead time tr u ul var wbr center font fieldset form big strike tt`;

const svg = `svg g defs symbol use path rect circle ellipse line polyline polygon text tspan textpath
  marker mask pattern clippath lineargradient radialgradient stop filter feblend fecolormatrix
  fecomponenttransfer fecomposite feconvolvematrix fediffuselighting fedisplacementmap fedistantlight
  fedropshadow feflood fefunca fefuncb fefuncg fefuncr fegaussianblur femerge femergenode femorphology
  feoffset fepointlight fespecularlighting fespotlight fetile feturbulence image switch view`;

const mathml = `math maction menclose merror mfenced mfrac mglyph mi mmultiscripts mn mo mover mpadded mphantom
  mprescripts mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none
  semantics annotation`;

/** Elements that a report may hold. Any other is replaced by what is in it. */
export const allowedTags: ReadonlySet<string> = new Set([
  ...words(document),
  ...words(svg),
  ...words(mathml),
]);

/** Elements that describe a drawing and have other rights outside of one. */
export const svgOnlyTags: ReadonlySet<string> = new Set(["title", "desc"]);

/** Attributes that hold an address. */
export const urlAttributes: ReadonlySet<string> = new Set(
  words(`href xlink:href src action formaction poster data background cite longdesc usemap codebase classid
    profile manifest archive lowsrc dynsrc icon`),
);

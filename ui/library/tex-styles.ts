/** KaTeX's style sheet, with its fonts: whatever shows TeX needs it, also outputs that were kept or come from the kernel. */
import "katex/dist/katex.min.css";

/** Observable Inputs: selected by the prefix of their class, as the suffix belongs to the library's version. */
export const inputStyles = `
:is(form, div)[class*="inputs-"] { --label-width: 128px; --input-width: 260px; font: 13.5px/1.35 var(--pc-sans); color: var(--pc-text); }
form[class*="inputs-"]:not([class*="-table"]) {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 2px 10px;
  min-height: 30px;
  margin: 3px 0;
  max-width: 100%;
}
form[class*="inputs-"] > label { flex: 0 0 var(--label-width); width: var(--label-width); color: var(--pc-muted); padding: 0; }
form[class*="-toggle"] > label { order: 0; }
form[class*="inputs-"] > div[class*="-input"] { display: flex; align-items: center; gap: 8px; }
form[class*="inputs-"]:not([class*="-toggle"], [class*="-table"]) > [class*="-input"][class] { flex: 0 1 var(--input-width); width: var(--input-width); min-width: 0; }
form[class*="-checkbox"] > div { display: flex; flex-wrap: wrap; gap: 4px 16px; }
form[class*="-checkbox"] div label { display: inline-flex; align-items: center; gap: 6px; }
form[class*="-toggle"] > :is(input, div) { flex: none; }
form[class*="-textarea"] > div { flex: 1 1 var(--input-width); max-width: 560px; }
:is(form, div)[class*="inputs-"] :is(button, input, select, textarea) {
  font: inherit;
  color: inherit;
  box-sizing: border-box;
  margin: 0;
  accent-color: var(--pc-accent-fill);
}
:is(form, div)[class*="inputs-"] :is(input:is([type="text"], [type="search"], [type="number"], [type="email"], [type="tel"], [type="url"], [type="password"], [type="date"], [type="datetime-local"], :not([type])), select, textarea) {
  flex: 1 1 auto;
  width: 100%;
  min-width: 0;
  min-height: 30px;
  padding: 4px 9px;
  background: var(--pc-bg);
  border: 1px solid var(--pc-control);
  border-radius: 6px;
}
form[class*="inputs-"] textarea { display: block; resize: vertical; min-height: 64px; line-height: 1.45; }
form[class*="inputs-"] select[multiple] { padding: 3px; }
form[class*="inputs-"] input[type="number"] { font-variant-numeric: tabular-nums; }
form[class*="inputs-"] input[type="number"]:not(:only-child) { flex: 0 0 84px; }
form[class*="inputs-"] input[type="range"] { flex: 1 1 60px; min-width: 60px; }
form[class*="inputs-"] :is(input[type="checkbox"], input[type="radio"]) { width: 15px; height: 15px; flex: none; }
form[class*="inputs-"] input[type="color"] { width: 44px; height: 28px; padding: 2px; border: 1px solid var(--pc-border); border-radius: 6px; background: var(--pc-bg); }
form[class*="inputs-"] input[type="color"] ~ output { align-self: center; margin-left: 8px; }
form[class*="inputs-"] input[type="file"] { flex: 1 1 auto; min-width: 0; }
form[class*="inputs-"] input[type="file"]::file-selector-button { font: inherit; color: inherit; min-height: 30px; padding: 4px 12px; margin-right: 10px; border: 1px solid var(--pc-control); border-radius: 6px; background: var(--pc-surface); cursor: pointer; }
form[class*="inputs-"] output { color: var(--pc-muted); font-size: 12.5px; white-space: nowrap; font-variant-numeric: tabular-nums; }
:is(form, div)[class*="inputs-"] button {
  min-height: 30px;
  padding: 4px 12px;
  border: 1px solid var(--pc-control);
  border-radius: 6px;
  background: var(--pc-surface);
  font-weight: 500;
  cursor: pointer;
}
:is(form, div)[class*="inputs-"] button:hover { background: var(--pc-tint); border-color: var(--pc-accent-fill); }
:is(form, div)[class*="inputs-"] :is(button, input, select, textarea):disabled { opacity: 0.55; cursor: not-allowed; }
:is(form, div)[class*="inputs-"] :is(button, input, select, textarea):focus-visible { outline: 2px solid var(--pc-accent-fill); outline-offset: 1px; }
form[class*="inputs-"][class*="-table"] {
  display: block;
  overflow: auto;
  max-width: 100%;
  border: 1px solid var(--pc-border);
  border-radius: 8px;
  font-size: 13px;
}
form[class*="-table"] table { border-collapse: separate; border-spacing: 0; margin: 0; width: 100%; font-variant-numeric: tabular-nums; }
form[class*="-table"] :is(th, td) { padding: 1px 12px; line-height: 19px; white-space: nowrap; text-align: left; overflow: hidden; text-overflow: ellipsis; border-bottom: 1px solid var(--pc-hairline); }
form[class*="-table"] thead th { position: sticky; top: 0; background: var(--pc-surface); cursor: ns-resize; font-weight: 600; border-bottom-color: var(--pc-border); }
form[class*="-table"] tr > :first-child { width: 20px; padding-right: 0; }
form[class*="-table"] tr > :first-child input { opacity: 0; }
form[class*="-table"] tr:hover > :first-child input:enabled, form[class*="-table"] tr > :first-child input:is(:checked, :focus, :indeterminate) { opacity: 1; }
form[class*="-table"] tbody tr:hover td { background: var(--pc-surface); }
@media (max-width: 480px) {
  form[class*="inputs-"]:not([class*="-toggle"]) > label { flex-basis: 100%; width: 100%; }
  form[class*="inputs-"]:not([class*="-toggle"], [class*="-table"]) > [class*="-input"][class] { flex-basis: 100%; }
}
@media print { form[class*="inputs-"] :is(button, input[type="range"]) { display: none; } }
`;

/** The pages of a survey. Plain forms that work without a script. */
import { type Html, html } from "../../page/html";
import type { RecordedRequest } from "./store";

const STYLE = html`
:root { color-scheme: light dark; --ink: light-dark(#1d2433, #e8ebf2); --paper: light-dark(#f4f5f8, #12161f);
  --card: light-dark(#ffffff, #1b212d); --accent: light-dark(#5b3fd6, #a996ff); --line: light-dark(#d7dae3, #343c4d);
  --quiet: light-dark(#5c6579, #a0a9bd); }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; grid-template-columns: minmax(0, 1fr); padding: 1rem; background: var(--paper);
  color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main { width: min(28rem, 100%); padding: 2rem; border: 1px solid var(--line); border-radius: 1rem; background: var(--card); }
h1 { margin: 0 0 .25rem; font-size: 1.4rem; line-height: 1.25; overflow-wrap: anywhere; }
p { margin: .25rem 0 1rem; color: var(--quiet); }
fieldset { border: 0; margin: 1.25rem 0; padding: 0; }
legend, .question { font-weight: 600; padding: 0; margin-bottom: .4rem; display: block; }
.stars { display: flex; flex-direction: row-reverse; justify-content: flex-end; gap: .2rem; }
.stars input { position: absolute; opacity: 0; }
.stars label { font-size: 2.4rem; line-height: 1; color: var(--line); cursor: pointer; border-radius: .4rem; padding: 0 .1rem; }
.stars input:checked ~ label, .stars label:hover, .stars label:hover ~ label { color: #f2a900; }
.stars input:focus-visible + label { outline: 3px solid var(--accent); }
textarea { width: 100%; padding: .6rem; border: 1px solid var(--line); border-radius: .5rem; background: var(--paper);
  color: inherit; font: inherit; }
button { margin-top: 1.25rem; padding: .65rem 1.4rem; border: 0; border-radius: .5rem; background: var(--accent);
  color: light-dark(#fff, #14102b); font: inherit; font-weight: 600; cursor: pointer; }
button:focus-visible, textarea:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.note { padding: .6rem .8rem; border-left: 4px solid var(--accent); background: var(--paper); border-radius: .3rem; }
.error { color: light-dark(#b3261e, #ff9d94); font-weight: 600; }
`;

function frame(title: string, body: Html): Html {
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><link rel="icon" href="data:,"><style>${STYLE}</style></head><body><main>${body}</main></body></html>`;
}

const TEST_NOTE = html`<p class="note">This survey was made with the <strong>test key</strong>: it can be clicked through,
and no answer is collected.</p>`;

/** The question, with a word about what was missing when it is shown again. */
export function surveyPage(request: RecordedRequest, error?: string): Html {
  const stars = [5, 4, 3, 2, 1].map(
    (number) => html`<input type="radio" name="stars" id="star-${number}" value="${number}" required
><label for="star-${number}" title="${number} of 5"><span aria-hidden="true">★</span><span hidden>${number} of 5</span></label>`,
  );
  return frame(
    "How did we do?",
    html`<h1>How did ${request.employeeName ?? "we"} do?</h1>
<p>About your ${request.channel} conversation.</p>
${request.mode === "test" && TEST_NOTE}
${error !== undefined && html`<p class="error" role="alert">${error}</p>`}
<form method="post">
<fieldset><legend>Your rating</legend><div class="stars">${stars}</div></fieldset>
<label class="question" for="comment">Anything to add?</label>
<textarea id="comment" name="comment" rows="4" maxlength="2000"></textarea>
<button type="submit">Send</button>
</form>`,
  );
}

export function thanksPage(request: RecordedRequest): Html {
  return frame(
    "Thank you",
    html`<h1>Thank you!</h1>${
      request.mode === "test"
        ? TEST_NOTE
        : html`<p>Your answer was collected, and a copy is on the customer's timeline in Gladly.</p>`
    }`,
  );
}

export function closedSurveyPage(request: RecordedRequest): Html {
  return frame(
    "Already answered",
    html`<h1>This survey is answered</h1><p>It was given ${request.response?.stars} of 5 stars.</p>`,
  );
}

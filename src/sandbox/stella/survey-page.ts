/** The pages of a survey. Plain forms that work without a script. */
import { aloud, modeBadge } from "../../page/elements";
import { frame } from "../../page/frame";
import { Html, html } from "../../page/html";
import { BASE_STYLE } from "../../page/style";
import type { RecordedRequest } from "./store";

const STYLE = new Html(`${BASE_STYLE}
body { min-height: 100vh; display: grid; place-items: center; grid-template-columns: minmax(0, 1fr); padding: 1rem; }
main { width: min(28rem, 100%); padding: 2rem; border: 1px solid var(--line); border-radius: 1rem; background: var(--card); }
h1 { margin-bottom: .25rem; font-size: 1.4rem; line-height: 1.25; overflow-wrap: anywhere; }
main > p { margin: .25rem 0 1rem; color: var(--quiet); }
fieldset { border: 0; margin: 1.25rem 0; padding: 0; }
legend, .question { font-weight: 600; padding: 0; margin-bottom: .4rem; display: block; color: var(--ink); font-size: 1rem; }
.stars { display: flex; flex-direction: row-reverse; justify-content: flex-end; gap: .2rem; }
.stars input { position: absolute; width: 1px; opacity: 0; }
.stars label { flex: none; font-size: 2.4rem; line-height: 1; color: var(--quiet); cursor: pointer; border-radius: .4rem; padding: 0 .1rem; }
.stars input:checked ~ label, .stars label:hover, .stars label:hover ~ label { color: light-dark(#a66a00, #ffc94d); }
.stars input:focus-visible + label { outline: 3px solid var(--accent); }
main button { margin-top: 1.25rem; padding: .65rem 1.4rem; }
.error { color: var(--bad) !important; font-weight: 600; }
`);

function page(title: string, body: Html): Html {
  return frame(title, html`<style>${STYLE}</style>`, html`<main>${body}</main>`);
}

const TEST_NOTE = html`<p class="alert calm">${modeBadge("test")} This survey was sent with the test key. You can try it, but no answer is collected.</p>`;

/** @param error shown above the form when it is shown again */
export function surveyPage(request: RecordedRequest, error?: string): Html {
  const stars = [5, 4, 3, 2, 1].map(
    (number) => html`<input type="radio" name="stars" id="star-${number}" value="${number}" required
><label for="star-${number}" title="${number} of 5"><span aria-hidden="true">★</span>${aloud(`${number} of 5`)}</label>`,
  );
  return page(
    "How did we do?",
    html`<h1>How did ${request.employeeName ?? "we"} do?</h1>
<p>About your ${request.channel} conversation.</p>
${request.mode === "test" && TEST_NOTE}
${error !== undefined && html`<p class="error" role="alert">${error}</p>`}
<form method="post">
<fieldset><legend>Your rating</legend><div class="stars">${stars}</div></fieldset>
<label class="question" for="comment">Anything to add?</label>
<textarea id="comment" name="comment" rows="4" maxlength="2000"></textarea>
<button class="primary">Send</button>
</form>`,
  );
}

export function thanksPage(request: RecordedRequest): Html {
  return page(
    "Thank you",
    html`<h1>Thank you!</h1>${
      request.mode === "test"
        ? TEST_NOTE
        : html`<p>Your answer was collected, and a copy is on the customer's timeline in Gladly.</p>`
    }`,
  );
}

export function closedSurveyPage(request: RecordedRequest): Html {
  return page(
    "Already answered",
    html`<h1>This survey is answered</h1><p>The rating is ${request.response?.stars} of 5 stars.</p>`,
  );
}

/** A request and its answer, what the reader should look at marked. */
import { bodyView } from "./body_view.js";
import { element } from "./element.js";

/** The two messages of an exchange side by side. */
export function exchangeView(exchange, marks, title) {
  const { purpose, clause, label } = exchange.intent;
  const why = [
    exchange.operation,
    purpose === "violates" && clause ? `violates ${clause}` : purpose,
    label,
  ];
  return element(
    "div",
    { class: "exchange" },
    element(
      "p",
      { class: "exchange-name" },
      title ? [element("b", {}, title), " "] : null,
      element("span", { class: "facts" }, why.filter(Boolean).join(" · ")),
    ),
    element(
      "div",
      { class: "messages" },
      requestView(exchange, marks),
      answerView(exchange, marks),
    ),
  );
}

function requestView({ request, value, operation }, marks) {
  if (request === null) {
    return message("Request", `a call of ${operation}`, false, [], { text: value }, marks.request);
  }
  const first = `${request.method} ${request.hostPrefix ? `${request.hostPrefix}… ` : ""}${request.path}`;
  return message(
    "Request",
    first,
    false,
    headerLines(request.headers, marks),
    request.body,
    marks.request,
  );
}

function answerView({ response, parsed, trouble, detail }, marks) {
  if (response !== null) {
    const first = element(marks.status ? "mark" : "span", {}, `HTTP ${response.status}`);
    return message(
      "Response",
      first,
      marks.status,
      headerLines(response.headers, marks),
      response.body,
      marks.response,
    );
  }
  if (parsed) {
    const what = parsed.code === null ? "returned" : `ClientError ${parsed.code}`;
    return message(
      "What the client returned",
      what,
      false,
      [],
      { text: parsed.value },
      marks.response,
    );
  }
  const why = [trouble ?? "nothing", detail].filter(Boolean).join(": ");
  return message("No response", element("mark", {}, why), true, [], null, []);
}

function message(title, first, marked, headers, body, places = []) {
  return element(
    "section",
    { class: "message" },
    element("h4", {}, title),
    element("p", { class: marked ? "first marked" : "first" }, first),
    headers.length ? headerDetails(headers) : null,
    body === null ? null : bodyView(body, places),
  );
}

function headerLines(headers, marks) {
  return headers.map(([name, text]) => ({ name, text, marked: Boolean(marks.header?.(name)) }));
}

function headerDetails(headers) {
  const line = ({ name, text, marked }) =>
    element(
      "div",
      { class: marked ? "marked" : null },
      element("dt", {}, name),
      element("dd", {}, marked ? element("mark", {}, text) : text),
    );
  return element(
    "details",
    { class: "headers", open: headers.some(({ marked }) => marked) },
    element("summary", {}, headers.length === 1 ? "1 header" : `${headers.length} headers`),
    element("dl", {}, headers.map(line)),
  );
}

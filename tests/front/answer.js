// What holds of every answer of the front, whatever was asked: its headers, and the form of a
// refusal (RFC 9457).

const COMMON = {
  'strict-transport-security': /^max-age=[1-9][0-9]{6,}/,
  'x-content-type-options': /^nosniff$/,
  'referrer-policy': /^no-referrer$/,
  'access-control-allow-origin': /^\*$/,
  'cache-control': /./,
  date: /^[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9:]{8} GMT$/,
};
const NEVER = ['set-cookie', 'server', 'x-powered-by', 'transfer-encoding', 'www-authenticate'];
const POLICY = 'content-security-policy';

/** Every reason that the front may name. A new one belongs in here. */
export const REASONS = new Set([
  // of requests in themselves
  'request_syntax', 'header_size', 'header_host', 'body_unwanted', 'method_not_allowed',
  'target_form', 'target_size', 'route_unknown', 'query_count', 'query_missing', 'query_twice',
  'query_unknown', 'query_value',
  // of what they ask for
  'question', 'registration_number', 'registration_number_check', 'subject_unknown', 'page_size',
  'page_token', 'search_too_short', 'search_too_long', 'text_utf8', 'digest_hex', 'paper_unknown',
  'proof_size', 'proof_index', 'tile_path', 'tile_unknown', 'issuer_unknown',
]);

// Scripts and styles are many, and no browser shows one by itself.
const OF_A_PAGE = /^text\/(javascript|css)/;
const NEEDED_BY_ALL = new Set(['x-content-type-options', 'cache-control', 'date']);

function headerFault({ status, headers }) {
  const isOfAPage = OF_A_PAGE.test(headers['content-type'] ?? '');
  // A 304 does not say of what it is.
  const isUnknown = status === 304;
  for (const [name, form] of Object.entries(COMMON)) {
    if ((isOfAPage || isUnknown) && !NEEDED_BY_ALL.has(name)) continue;
    if (!form.test(headers[name] ?? '')) return `${name}: ${headers[name]}`;
  }
  const forbidden = NEVER.find((name) => name in headers);
  if (forbidden) return `a header ${forbidden}`;
  if (isOfAPage) return undefined;
  const policy = headers[POLICY];
  if (status === 304) return policy === undefined ? undefined : `a 304 with a ${POLICY}`;
  if (!policy?.startsWith("default-src 'none';") || /unsafe|\*|http:/.test(policy)) {
    return `${POLICY}: ${policy}`;
  }
  return /frame-ancestors 'none'/.test(policy) ? undefined : `${POLICY} lets it be framed`;
}

/** What is wrong with a refusal. @returns {string|undefined} */
export function problemFault({ status, headers, body }) {
  if (headers['content-type'] !== 'application/problem+json') {
    return `${status} as ${headers['content-type']}`;
  }
  const problem = JSON.parse(body.toString('utf8'));
  if (problem.status !== status) return `status ${status} says it is ${problem.status}`;
  if (!REASONS.has(problem.reason)) return `${status} for an unknown reason: ${problem.reason}`;
  if (problem.type !== `urn:bonafide:reason:${problem.reason}`) return `type ${problem.type}`;
  if (headers['cache-control'] !== 'no-store') return `${status}: ${headers['cache-control']}`;
  return 'etag' in headers ? `${status} with a tag` : undefined;
}

/**
 * What is wrong with an answer, beside what the description says of it.
 * @param {{method: string, headers: string[]}} request
 * @returns {string|undefined}
 */
export function answerFault(request, answer) {
  const { status, headers } = answer;
  const isTaken = ['GET', 'HEAD', 'OPTIONS'].includes(request.method);
  if (status >= 500 || status === 429) return `status ${status}`;
  if (status === 405 && headers.allow !== 'GET, HEAD, OPTIONS') return `allow: ${headers.allow}`;
  if (!isTaken && status < 400) return `${request.method} was answered with ${status}`;
  if (request.method === 'OPTIONS' && status === 204 && headers.allow !== 'GET, HEAD, OPTIONS') {
    return `allow: ${headers.allow}`;
  }
  const coding = headers['content-encoding'];
  if (coding && !request.headers.some((text) => /^accept-encoding:.*gzip/i.test(text))) {
    return `${coding}, which nobody asked for`;
  }
  return headerFault(answer) ?? (status >= 400 ? problemFault(answer) : undefined);
}

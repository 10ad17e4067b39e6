-- Asks for paths drawn at random. wrk ... -- FILE SEED PAUSE_MS: the paths are the lines of FILE;
-- each connection pauses for PAUSE_MS on average between an answer and its next request.
local requests = {}

function init(args)
  for path in io.lines(args[1]) do
    requests[#requests + 1] = wrk.format("GET", path)
  end
  math.randomseed(tonumber(args[2]))
  local pause_ms = tonumber(args[3])
  if pause_ms > 0 then
    delay = function() return math.random(0, 2 * pause_ms) end
  end
end

function request()
  return requests[math.random(#requests)]
end

function done(summary, latency)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  print(string.format("outcome %.0f %.0f %.0f %.0f %.0f %.0f", summary.requests, summary.duration,
    summary.bytes, failed, latency:percentile(50), latency:percentile(99)))
end

-- For wrk: sends one prepared request after another, each made of one line of a file.
-- Arguments: the file; the path, which what stands before a tab in the line is added to; the body
-- before the line, "" for GET; further header lines, a "|" between them.

local requests, at = {}, 0

function init(arguments)
  local file, path, before, headers = unpack(arguments)
  local head = ""
  for each in string.gmatch(headers or "", "[^|]+") do head = head .. each .. "\r\n" end
  for line in io.lines(file) do
    if before ~= "" then
      local code, form = string.match(line, "^(%w+)\t(.*)$")
      local body = before .. (form or line)
      requests[#requests + 1] = "POST " .. path .. (code or "") .. " HTTP/1.1\r\nHost: " .. wrk.host .. ":" ..
        wrk.port .. "\r\n" .. head .. "Content-Type: application/x-www-form-urlencoded\r\n" ..
        "Content-Length: " .. #body .. "\r\n\r\n" .. body
    else
      requests[#requests + 1] = "GET " .. path .. line .. " HTTP/1.1\r\nHost: " .. wrk.host ..
        ":" .. wrk.port .. "\r\n" .. head .. "\r\n"
    end
  end
end

function request()
  at = at % #requests + 1
  return requests[at]
end

function done(summary, latency)
  local e = summary.errors
  io.write(string.format("counts %d %d %d %d\n", summary.requests,
    e.status + e.connect + e.read + e.write + e.timeout, summary.duration,
    latency:percentile(99)))
end

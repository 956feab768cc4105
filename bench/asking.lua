-- Asks one page as many people in turn. Arguments: what to send as a form (or "GET"), an ETag (or
-- "-"), then a session for each person.
local secret = string.rep("b", 32)
local answers = { "kind=like", "kind=love", "kind=haha" }
local turn, form, etag, sessions = 0, nil, nil, {}

function init(args)
  form, etag = args[1], args[2]
  for place = 3, #args do sessions[place - 2] = args[place] end
end

function request()
  turn = turn + 1
  local person = sessions[turn % #sessions + 1]
  local headers = { Cookie = "sessionid=" .. person .. "; csrftoken=" .. secret }
  if etag ~= "-" then headers["If-None-Match"] = etag end
  if form == "GET" then return wrk.format("GET", nil, headers) end
  headers["X-CSRFToken"] = secret
  headers["X-Requested-With"] = "fetch"
  headers["Content-Type"] = "application/x-www-form-urlencoded"
  -- Each person changes their mind at every turn of theirs.
  local kind = answers[math.floor(turn / #sessions) % #answers + 1]
  return wrk.format("POST", nil, headers, kind)
end

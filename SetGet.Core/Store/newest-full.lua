-- As newest.lua, for when Redis takes no writes: what ran out is passed over instead of put right.
-- Answers {record of the newest event or false, next lease expiry or false}
local best, bestAt, bestId = false, 0, ''

-- True when the event lives.
local function consider(id)
  local ends = tonumber(call('ZSCORE', EXPIRIES, id) or 0)
  local record = ends > now and records({id})[1]
  if not record then return false end
  local at = acceptedAt(record)
  if not best or isAfter(at, id, bestAt, bestId) then best, bestAt, bestId = record, at, id end
  return true
end

local offset = 0
repeat
  local ids = call('ZREVRANGE', INDEX, offset, offset + 99)
  local found = false
  for i = 1, #ids do
    found = consider(ids[i])
    if found then break end
  end
  offset = offset + 100
until found or #ids < 100

local back = call('ZRANGEBYSCORE', LEASED, '-inf', nowText, 'LIMIT', 0, 1000)
for i = 1, #back do consider(back[i]) end
local lease = call('ZRANGEBYSCORE', LEASED, '(' .. nowText, '+inf', 'WITHSCORES', 'LIMIT', 0, 1)
return {best, lease[2] or false}

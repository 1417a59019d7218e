-- ARGV: 2 acceptedAt, 3 id, 4 sequence of the cursor, 5 most events, 6 most bytes of data
-- Answers {last arrival sequence or false, record, sequence when late or '', record, ...}: first what came late, by arrival, then the rest
if purge() then settle() end
local at, id, since, limit, bytesLeft = tonumber(ARGV[2]), ARGV[3], tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])
local answer = {call('HGET', RECORDS, 's')}
local count = 0

-- False when the page is full.
local function add(ids, sequences)
  local found = records(ids)
  for i = 1, #ids do
    local size = found[i] and dataLength(found[i]) or 0
    if count >= limit or (count > 0 and size > bytesLeft) then return false end
    if found[i] then
      bytesLeft = bytesLeft - size
      count = count + 1
      answer[#answer + 1] = found[i]
      answer[#answer + 1] = sequences and sequences[i] or ''
    end
  end
  return true
end

if since > 0 then
  local entries = call('ZRANGEBYSCORE', LATE, '(' .. ARGV[4], '+inf', 'WITHSCORES')
  for i = 1, #entries, 2 do
    local score = call('ZSCORE', INDEX, entries[i])
    if score and not isAfter(tonumber(score), entries[i], at, id) then
      if not add({entries[i]}, {text(tonumber(entries[i + 1]))}) then return answer end
    end
  end
end

local offset = 0
repeat
  local entries = call('ZRANGEBYSCORE', INDEX, ARGV[2], '+inf', 'WITHSCORES', 'LIMIT', offset, 100)
  local ids = {}
  for i = 1, #entries, 2 do
    if isAfter(tonumber(entries[i + 1]), entries[i], at, id) then ids[#ids + 1] = entries[i] end
  end
  if #ids > 0 and not add(ids) then return answer end
  offset = offset + 100
until #entries < 200 or count >= limit
return answer

-- KEYS[1]: the account's settings. ARGV: 1 field, 2 now, 3 seconds (0: none), 4 forget what ended before
-- The value is the history, since:seconds,since:seconds,..., so that an event gets the TTL of the time when it was accepted.
-- Answers the seconds before (0: none).
local value = redis.call('HGET', KEYS[1], ARGV[1]) or ''
local entries, last, lastSeconds = {}, '0', '0'
for since, seconds in string.gmatch(value, '(%d+):(%d+)') do
  entries[#entries + 1] = {since, seconds}
  last, lastSeconds = since, seconds
end
if lastSeconds == ARGV[3] then return tonumber(lastSeconds) end
entries[#entries + 1] = {tonumber(ARGV[2]) > tonumber(last) and ARGV[2] or last, ARGV[3]}
while #entries > 1 and (tonumber(entries[2][1]) < tonumber(ARGV[4]) or #entries > 100) do table.remove(entries, 1) end
local parts = {}
for i = 1, #entries do parts[i] = entries[i][1] .. ':' .. entries[i][2] end
redis.call('HSET', KEYS[1], ARGV[1], table.concat(parts, ','))
return tonumber(lastSeconds)

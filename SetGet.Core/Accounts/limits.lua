-- One request of an account. KEYS: 1 its bucket, 2 its live counts, 3 its live buckets by time
-- ARGV: 1 now, 2 requests per second, 3 burst, 4 most live events, 5 most live bytes, 6 events and 7 bytes that would be added (0: no limit)
-- Answers {limit that is met or 0, milliseconds until the next try}: 1 requests, 3 live events, 4 live bytes
local call, now = redis.call, tonumber(ARGV[1])
local rate, burst = tonumber(ARGV[2]), tonumber(ARGV[3])

if tonumber(ARGV[4]) > 0 or tonumber(ARGV[5]) > 0 then
  expire(KEYS[2], KEYS[3], ARGV[1])
  local live = call('HMGET', KEYS[2], 'e', 'b')
  local events, bytes = tonumber(live[1] or 0) or 0, tonumber(live[2] or 0) or 0
  if tonumber(ARGV[4]) > 0 and events + tonumber(ARGV[6]) > tonumber(ARGV[4]) then return {3, 0} end
  if tonumber(ARGV[5]) > 0 and bytes + tonumber(ARGV[7]) > tonumber(ARGV[5]) then return {4, 0} end
end

if rate > 0 then
  local bucket = call('HMGET', KEYS[1], 'tokens', 'at')
  local tokens, at = tonumber(bucket[1] or burst) or burst, tonumber(bucket[2] or now) or now
  tokens = math.min(burst, tokens + math.max(0, now - at) * rate / 1000)
  local wait = 0
  if tokens < 1 then wait = math.ceil((1 - tokens) * 1000 / rate) else tokens = tokens - 1 end
  call('HSET', KEYS[1], 'tokens', string.format('%.6f', tokens), 'at', string.format('%.0f', math.max(at, now)))
  call('PEXPIRE', KEYS[1], string.format('%.0f', math.ceil(burst * 1000 / rate) + 60000))
  if wait > 0 then return {1, wait} end
end
return {0, 0}

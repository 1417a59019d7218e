-- Takes ended buckets off the sums. What limits.lua and live.lua share. Zero is subtracted from, not negated: "-0" is no integer to HINCRBY.
local function expire(counts, buckets, nowText)
  local ended = redis.call('ZRANGEBYSCORE', buckets, '-inf', nowText, 'LIMIT', 0, 1000)
  for i = 1, #ended do
    local held = redis.call('HMGET', counts, 'e' .. ended[i], 'b' .. ended[i])
    redis.call('HINCRBY', counts, 'e', string.format('%.0f', 0 - (tonumber(held[1] or 0) or 0)))
    redis.call('HINCRBY', counts, 'b', string.format('%.0f', 0 - (tonumber(held[2] or 0) or 0)))
    redis.call('HDEL', counts, 'e' .. ended[i], 'b' .. ended[i])
    redis.call('ZREM', buckets, ended[i])
  end
end

-- Counts what came to or left an account, or all of them. KEYS: 1 live counts, 2 live buckets by time. ARGV: 1 now, then bucket, events,
-- bytes, and so on. A bucket is the time at which its events will all have expired: then it goes as a whole, with whatever a crash failed
-- to count. What leaves may be reported before what came: by another process. Answers how many live.
expire(KEYS[1], KEYS[2], ARGV[1])
for i = 2, #ARGV, 3 do
  local bucket = ARGV[i]
  if tonumber(bucket) > tonumber(ARGV[1]) then -- else it has ended, and was taken off the sum with all it held
    redis.call('ZADD', KEYS[2], bucket, bucket)
    redis.call('HINCRBY', KEYS[1], 'e' .. bucket, ARGV[i + 1])
    redis.call('HINCRBY', KEYS[1], 'b' .. bucket, ARGV[i + 2])
    redis.call('HINCRBY', KEYS[1], 'e', ARGV[i + 1])
    redis.call('HINCRBY', KEYS[1], 'b', ARGV[i + 2])
  end
end
local last = redis.call('ZREVRANGE', KEYS[2], 0, 0)[1]
if last then
  local left = string.format('%.0f', math.max(0, tonumber(last) - tonumber(ARGV[1])) + 3600000)
  redis.call('PEXPIRE', KEYS[1], left)
  redis.call('PEXPIRE', KEYS[2], left)
end
return tonumber(redis.call('HGET', KEYS[1], 'e') or 0) or 0

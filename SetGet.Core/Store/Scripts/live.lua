-- Counts what came to or left an account. KEYS: 1 live counts, 2 live buckets by time. ARGV: 1 now, then bucket, events, bytes, and so on.
-- A bucket is the time at which its events will all have expired: then it goes as a whole, with whatever a crash failed to count.
expire(KEYS[1], KEYS[2], ARGV[1])
for i = 2, #ARGV, 3 do
  local bucket = ARGV[i]
  local isNew = redis.call('ZADD', KEYS[2], 'NX', bucket, bucket) == 1
  if isNew and tonumber(ARGV[i + 1]) < 0 then
    redis.call('ZREM', KEYS[2], bucket) -- it has ended, and was taken off the sum with all it held
  else
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
return 1

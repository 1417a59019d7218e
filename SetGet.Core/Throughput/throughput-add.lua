-- Adds what one process counted within one second. KEYS[1]: the counters of a minute.
-- ARGV: 1 second of the minute, 2 seconds to keep the minute, 3 longest wait in ms or '', then pairs of counter and number
for i = 4, #ARGV, 2 do
  redis.call('HINCRBY', KEYS[1], ARGV[1] .. ARGV[i], ARGV[i + 1])
end
if ARGV[3] ~= '' then
  local seen = redis.call('HGET', KEYS[1], ARGV[1] .. 'w')
  if not seen or tonumber(seen) < tonumber(ARGV[3]) then
    redis.call('HSET', KEYS[1], ARGV[1] .. 'w', ARGV[3])
  end
end
redis.call('EXPIRE', KEYS[1], ARGV[2])
return 1

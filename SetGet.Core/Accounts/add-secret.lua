-- KEYS[1]: a flow's secrets. ARGV: 1 most secrets, 2 id, 3 value. Answers 1; 0 when there are as many as may be.
if redis.call('HLEN', KEYS[1]) >= tonumber(ARGV[1]) then return 0 end
redis.call('HSET', KEYS[1], ARGV[2], ARGV[3])
return 1

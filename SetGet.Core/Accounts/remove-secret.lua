-- ARGV: 1 id, 2 now, 3 how long a removed secret is kept. Answers 1, or 0 when there is no such secret.
local secret = redis.call('HGET', KEYS[1], ARGV[1])
if not secret then return 0 end
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2] .. ' ' .. secret)
redis.call('PEXPIRE', KEYS[2], ARGV[3])
redis.call('HDEL', KEYS[1], ARGV[1])
return 1

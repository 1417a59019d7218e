-- KEYS[1]: the claim. ARGV: 1 id, 2 acceptedAt, 3 hash of the request, 4 milliseconds to keep it
-- Answers {id, acceptedAt, hash, '1' when the event is known to be stored} of the first claim.
local found = redis.call('HMGET', KEYS[1], 'id', 'at', 'hash', 'stored')
if found[1] then return {found[1], found[2], found[3], found[4] or '0'} end
redis.call('HSET', KEYS[1], 'id', ARGV[1], 'at', ARGV[2], 'hash', ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return {ARGV[1], ARGV[2], ARGV[3], '0'}

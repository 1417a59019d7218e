-- KEYS[1]: the claim. ARGV: 1 id, 2 acceptedAt, 3 hash of the body, 4 milliseconds to keep it, 5 hash of the webhook keys, 6 a claim from then or
-- before whose event is not known to be stored has come to nothing, and is made anew
-- Answers {id, acceptedAt, hash, '1' when the event is known to be stored under these webhook keys} of the claim that holds.
local found = redis.call('HMGET', KEYS[1], 'id', 'at', 'body', 's:' .. ARGV[5], 'stored')
-- A claim of an earlier version has no hash of the body alone: it is believed to be of the same.
if found[1] and (found[4] or found[5] or tonumber(found[2]) > tonumber(ARGV[6])) then
  return {found[1], found[2], found[3] or ARGV[3], (found[4] or found[5] and not found[3]) and '1' or '0'}
end
redis.call('HSET', KEYS[1], 'id', ARGV[1], 'at', ARGV[2], 'body', ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return {ARGV[1], ARGV[2], ARGV[3], '0'}

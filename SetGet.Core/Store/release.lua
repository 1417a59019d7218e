-- KEYS[1]: the claim. ARGV[1]: id. Takes the claim back that its event made, where it is not known to be stored.
local found = redis.call('HMGET', KEYS[1], 'id', 'stored')
if found[1] == ARGV[1] and not found[2] then return redis.call('DEL', KEYS[1]) end
return 0

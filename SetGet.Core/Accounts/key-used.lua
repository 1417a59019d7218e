-- KEYS[1]: an API key. ARGV[1]: now. Notes its use, where it is still there.
if redis.call('EXISTS', KEYS[1]) == 1 then redis.call('HSET', KEYS[1], 'used', ARGV[1]) end
return 1

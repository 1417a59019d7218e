-- KEYS[1]: the claim. ARGV[1]: hash of the webhook keys. Marks that its event is stored under them, where the claim is still there.
if redis.call('EXISTS', KEYS[1]) == 1 then redis.call('HSET', KEYS[1], 's:' .. ARGV[1], '1', 'stored', '1') end
return 1

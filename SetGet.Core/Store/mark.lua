-- KEYS[1]: the claim. Marks that its event is stored, where the claim is still there.
if redis.call('EXISTS', KEYS[1]) == 1 then redis.call('HSET', KEYS[1], 'stored', '1') end
return 1

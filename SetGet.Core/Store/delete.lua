-- Forgets the events, leased ones too, but neither what was seen nor the arrival count. Answers {how many there were, buckets
-- that the webhook key leaves and comes to, bucket and bytes of each}. ARGV from 2 on: ids, of which the newest event must be one; {-1} where it is none.
purge()
settle()
if #ARGV > 1 then
  local newest, isOne = call('HGET', RECORDS, 'ni'), false
  for i = 2, #ARGV do isOne = isOne or newest == ARGV[i] end
  if not isOne then return {-1} end
end
local count = call('ZCARD', EXPIRIES)
release(call('ZRANGE', EXPIRIES, 0, -1))
local from, to = recount()
local kept, left = call('HMGET', RECORDS, 's', 'ma', 'mi', 'e'), call('PTTL', RECORDS)
call('DEL', INDEX, RECORDS, EXPIRIES, LEASED, LATE)
if kept[1] and kept[2] and left > 0 then
  call('HSET', RECORDS, 's', kept[1], 'ma', kept[2], 'mi', kept[3], 'e', kept[4])
  call('PEXPIRE', RECORDS, left)
end
return withFreed({count, from, to})
